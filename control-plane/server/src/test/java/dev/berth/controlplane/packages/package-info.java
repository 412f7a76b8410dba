/// Archives, folders and manifests as strangers write them.
@NullMarked
package dev.berth.controlplane.packages;

import org.jspecify.annotations.NullMarked;
