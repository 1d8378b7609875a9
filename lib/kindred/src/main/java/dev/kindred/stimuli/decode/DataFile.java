package dev.kindred.stimuli.decode;

import dev.kindred.base.InputException;
import dev.kindred.base.array.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A file of a data set: one of its own or one within an archive.
 *
 * <p>Gzipped files of their own are expanded as they are read.
 */
public final class DataFile {
  private static final int TEXT_BYTES = 1 << 26;

  private final String id;
  private final String where;
  private final BytesSupplier bytes;

  private interface BytesSupplier {
    Bytes open() throws IOException;
  }

  private DataFile(String id, String where, BytesSupplier bytes) {
    this.id = id;
    this.where = where;
    this.bytes = bytes;
  }

  /**
   * A file of its own.
   *
   * @param id name within the data set
   * @param scratch folder for expanded forms that are too large for memory
   */
  public static DataFile of(String id, Path file, Path scratch) {
    return new DataFile(id, file.toString(), () -> Gzip.bytes(file, scratch));
  }

  /** A file within an archive. */
  public static DataFile of(String id, Archive archive, String path, Path scratch) {
    Entry entry = archive.require(path);
    return new DataFile(id, entry.where(), () -> archive.bytes(entry, scratch));
  }

  /** Name within the data set. */
  public String id() {
    return id;
  }

  /** Place of the file, for messages. */
  public String where() {
    return where;
  }

  Bytes bytes() {
    try {
      return bytes.open();
    } catch (IOException e) {
      throw new InputException(where + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /** All bytes of a file that is small. */
  byte[] small(int limit) {
    Bytes all = bytes();
    if (all.size() > limit) {
      throw new InputException(
          where + ": expected at most " + limit + " bytes, found " + all.size());
    }
    return all.copy(where, 0, (int) all.size());
  }

  /** The lines of a text in UTF-8, without blank lines at the end. */
  public List<String> lines() {
    String text;
    try {
      text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(small(TEXT_BYTES))).toString();
    } catch (CharacterCodingException e) {
      throw new InputException(where + ": expected text in UTF-8", e);
    }
    return text.stripTrailing().lines().map(String::stripTrailing).toList();
  }

  /** The numbers of a real matrix in a .mat file (version 5), column by column. */
  public double[] matVariable(String variable) {
    return MatFile.numbers(this, variable);
  }
}
