/** The Jupyter protocol's sockets and streams, on IJava's base library. */
package dev.kindred.kernel.wire;
