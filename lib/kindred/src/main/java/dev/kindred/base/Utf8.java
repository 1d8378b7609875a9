package dev.kindred.base;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Small text files in UTF-8. */
public final class Utf8 {
  private Utf8() {}

  /**
   * The whole text.
   *
   * @throws InputException if there is no such file, it cannot be read, or it is not in UTF-8, with
   *     the line
   */
  public static String read(Path file) {
    ByteBuffer bytes;
    try {
      bytes = ByteBuffer.wrap(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw new InputException(file + ": there is no such file", e);
    } catch (IOException e) {
      throw new InputException(file + ": cannot be read: " + e.getMessage(), e);
    }
    CharBuffer text = CharBuffer.allocate(bytes.remaining());
    CoderResult result =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .decode(bytes, text, true);
    text.flip();
    if (result.isError()) {
      throw new InputException(
          file
              + ", line "
              + (text.chars().filter(c -> c == '\n').count() + 1)
              + ": expected text in UTF-8, found something else");
    }
    return text.toString();
  }
}
