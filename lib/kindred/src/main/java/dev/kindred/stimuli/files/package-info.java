/**
 * Where the files of a data set are: manifests that describe them, mirrors, the cache and the
 * download.
 */
package dev.kindred.stimuli.files;
