/**
 * The zoo: many different networks, declared in a list, trained when they are first needed and kept
 * by what they were made from; and imported ones beside them.
 */
package dev.kindred.network.zoo;
