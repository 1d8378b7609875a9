/** Java cells: JShell in this process, on the class path of this JVM. */
package dev.kindred.kernel.session;
