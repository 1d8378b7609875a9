/**
 * What more than one study needs of models and data sets: their tables, sets of pairs, and the
 * order and map of models in which similar ones stand together.
 */
package dev.kindred.study.models;
