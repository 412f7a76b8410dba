/// What the modules `crypto` and `zlib` of Node.js have the host compute.
///
/// Read [dev.berth.jsruntime.node.NodeComputations] first. Bytes are texts of one character each
/// in all of them.
@NullMarked
package dev.berth.jsruntime.node;

import org.jspecify.annotations.NullMarked;
