/**
 * What people and networks answer to the same images, image by image: how right they are, and how
 * far networks err where people do (Geirhos et al., 2021).
 */
package dev.kindred.study.behaviour;
