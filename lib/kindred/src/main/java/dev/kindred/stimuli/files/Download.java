package dev.kindred.stimuli.files;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A file to be downloaded.
 *
 * @param label what to call it in progress and messages
 * @param from its address
 * @param to where it goes
 * @param size its bytes, if known
 * @param checksum what its bytes hash to, if known
 */
public record Download(
    String label, URI from, Path to, OptionalLong size, Optional<Checksum> checksum) {}
