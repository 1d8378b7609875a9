/** Figures of what people and networks answer. */
package dev.kindred.study.behaviour.report;
