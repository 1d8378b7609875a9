/**
 * The names by which IJava is known to notebooks and to libraries that look for it by reflection;
 * here they lead to this kernel.
 */
package io.github.spencerpark.ijava;
