package dev.kindred.stimuli.files;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * One file of a data set (Croissant's {@code cr:FileObject}).
 *
 * @param id name within the manifest; also the file's name in mirrors and in the cache
 * @param contentUrl address, path relative to the manifest, or path within {@code containedIn}
 * @param size bytes, if known
 * @param checksum what the bytes hash to, if known
 * @param encodingFormat media type
 * @param containedIn id of the archive that holds the file, if one does
 */
public record FileObject(
    String id,
    String contentUrl,
    OptionalLong size,
    Optional<Checksum> checksum,
    String encodingFormat,
    Optional<String> containedIn) {

  /** Whether {@link #contentUrl} is an address on the network. */
  public boolean isRemote() {
    return containedIn.isEmpty() && isAddress(contentUrl);
  }

  /** Whether a text begins with a scheme, such as https. */
  static boolean isAddress(String contentUrl) {
    return contentUrl.matches("[a-zA-Z][a-zA-Z0-9+.-]+:.*");
  }
}
