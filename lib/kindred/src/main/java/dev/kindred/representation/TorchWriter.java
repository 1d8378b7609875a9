package dev.kindred.representation;

import dev.kindred.base.array.ElementType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/**
 * Writes what {@code torch.load(…, weights_only=True)} reads: a tensor; or, where the stimuli have
 * names, a dictionary of {@code features} and {@code stimulus_ids}.
 */
final class TorchWriter {
  private static final String FOLDER = "archive/";

  private TorchWriter() {}

  static void pt(Representation x, Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        ZipArchiveOutputStream zip = new ZipArchiveOutputStream(channel)) {
      zip.setMethod(ZipArchiveOutputStream.STORED);
      zip.setUseZip64(x.bytes() >= 0xFFFFFFFFL ? Zip64Mode.Always : Zip64Mode.AsNeeded);
      byte[] pickle = pickle(x);
      put(zip, "data.pkl", pickle.length, out -> out.write(pickle));
      put(zip, "byteorder", 6, out -> out.write(ascii("little")));
      put(zip, "data/0", x.bytes(), out -> NumpyWriter.littleEndian(x, out));
      put(zip, "version", 2, out -> out.write(ascii("3\n")));
    }
  }

  private interface Content {
    void write(OutputStream out) throws IOException;
  }

  private static void put(ZipArchiveOutputStream zip, String name, long size, Content content)
      throws IOException {
    // A stored entry's checksum stands before its bytes, so they are made twice.
    CheckedOutputStream dry = new CheckedOutputStream(OutputStream.nullOutputStream(), new CRC32());
    content.write(dry);
    ZipArchiveEntry entry = new ZipArchiveEntry(FOLDER + name);
    entry.setSize(size);
    entry.setCrc(dry.getChecksum().getValue());
    entry.setTimeLocal(java.time.LocalDateTime.of(1980, 1, 1, 0, 0));
    zip.putArchiveEntry(entry);
    content.write(zip);
    zip.closeArchiveEntry();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** The pickle that torch.save writes for a contiguous tensor, instruction by instruction. */
  private static byte[] pickle(Representation x) {
    Pickler out = new Pickler();
    out.op(0x80).op(2);
    boolean named = x.stimulusIds().isPresent();
    if (named) {
      out.op('}').op('(').text("features");
    }
    String storage = x.precision() == ElementType.FLOAT32 ? "FloatStorage" : "DoubleStorage";
    out.global("torch._utils", "_rebuild_tensor_v2").op('(');
    out.op('(').text("storage").global("torch", storage).text("0").text("cpu");
    out.integer((long) x.stimuli() * x.units()).op('t').op('Q');
    out.integer(0);
    out.integer(x.stimuli()).integer(x.units()).op(0x86);
    out.integer(x.units()).integer(1).op(0x86);
    out.op(0x89).global("collections", "OrderedDict").op(')').op('R').op('t').op('R');
    if (named) {
      List<String> ids = x.stimulusIds().get();
      out.text("stimulus_ids").op(']').op('(');
      ids.forEach(out::text);
      out.op('e').op('u');
    }
    return out.op('.').bytes();
  }

  private static final class Pickler {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Pickler op(int opcode) {
      bytes.write(opcode);
      return this;
    }

    Pickler global(String module, String name) {
      return op('c').raw(ascii(module + "\n" + name + "\n"));
    }

    Pickler text(String text) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      return op('X').raw(littleEndian(4, utf8.length)).raw(utf8);
    }

    Pickler integer(long value) {
      return value <= Integer.MAX_VALUE
          ? op('J').raw(littleEndian(4, value))
          : op(0x8A).op(8).raw(littleEndian(8, value));
    }

    private static byte[] littleEndian(int width, long value) {
      byte[] all = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
      return java.util.Arrays.copyOf(all, width);
    }

    private Pickler raw(byte[] content) {
      try {
        bytes.write(content);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return this;
    }

    byte[] bytes() {
      return bytes.toByteArray();
    }
  }
}
