package dev.kindred.study.consistency;

/**
 * A data set on which models were compared.
 *
 * @param name its name
 * @param category its kind of images, such as {@code natural (multi-domain)}
 */
public record DataSet(String name, String category) {}
