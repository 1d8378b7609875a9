/**
 * Training dynamics of representations (arXiv 2405.17377): how each layer of a network changes from
 * epoch to epoch while it is trained to perfect fitting and long after it.
 */
package dev.kindred.study.dynamics;
