/**
 * Grounding measures of similarity in what networks do (Ding, Denain and Steinhardt, NeurIPS 2021):
 * does the distance of two representations follow the difference of their functions, such as
 * accuracy?
 */
package dev.kindred.study.grounding;
