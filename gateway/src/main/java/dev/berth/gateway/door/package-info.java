/// Who may come in and from where they come: addresses, proxies, certificates.
@NullMarked
package dev.berth.gateway.door;

import org.jspecify.annotations.NullMarked;
