package dev.kindred.stimuli.files;

import java.time.Duration;

/**
 * Patience and limits of downloads.
 *
 * @param connect longest wait for a connection and for the head of an answer
 * @param stall longest wait for the next bytes
 * @param attempts how often a download is tried without getting further before it is given up
 * @param firstPause pause after the first failure; it doubles with every further one
 * @param longestPause longest pause, also where a server asks for more
 * @param parallel how many files are downloaded at once
 */
public record DownloadSettings(
    Duration connect,
    Duration stall,
    int attempts,
    Duration firstPause,
    Duration longestPause,
    int parallel) {

  /** What the library uses. */
  public static DownloadSettings standard() {
    return new DownloadSettings(
        Duration.ofSeconds(30),
        Duration.ofSeconds(30),
        6,
        Duration.ofSeconds(1),
        Duration.ofSeconds(60),
        3);
  }
}
