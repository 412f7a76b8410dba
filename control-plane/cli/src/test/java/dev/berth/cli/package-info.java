/// Tests of the commands against a server on loopback that answers as the Admin API does.
@org.jspecify.annotations.NullMarked
package dev.berth.cli;
