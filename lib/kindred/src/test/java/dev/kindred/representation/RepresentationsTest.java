package dev.kindred.representation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.InputException;
import dev.kindred.base.array.NpyEncoder;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepresentationsTest {
  @TempDir Path folder;

  @Test
  void filesOfMoreThanTwoGigabytesAreMapped() throws IOException {
    // A sparse file: zeros take no room on the disk.
    int n = 1_200_000;
    int p = 512;
    Path file = folder.resolve("large.npy");
    byte[] header = NpyEncoder.header("<f4", n, p);
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.write(header);
      out.setLength(header.length + 4L * n * p);
      out.seek(header.length + 4L * ((long) n * p - 1));
      out.writeInt(Integer.reverseBytes(Float.floatToRawIntBits(2.5f)));
      out.seek(header.length + 4L * (800_000L * p + 7));
      out.writeInt(Integer.reverseBytes(Float.floatToRawIntBits(Float.NaN)));
    }
    Representation x = Representations.read(file);
    assertThat(x.stimuli()).isEqualTo(n);
    assertThat(x.get(n - 1, p - 1)).isEqualTo(2.5);
    assertThat(x.row(n - 1)).hasSize(p).endsWith(0, 2.5);
    assertThat(x.get(800_000, 7)).isNaN();
    Representation some = x.select(new int[] {3, n - 1});
    assertThat(some.get(1, p - 1)).isEqualTo(2.5);
  }

  @Test
  void theFirstNumberThatIsNotFiniteIsNamed() {
    Representation x = Representations.read(Fixtures.file("special.npy"));
    assertThatThrownBy(x::requireFinite)
        .isInstanceOf(InputException.class)
        .hasMessage("special: value NaN at row 0, column 0; all must be finite");
  }

  @Test
  void stimulusIdsComeFromASideFile() throws IOException {
    Representation x = Representation.of("x", new double[][] {{1, 2}, {3, 4}});
    Path file = folder.resolve("x.npy");
    Representations.write(x.withStimulusIds(List.of("a", "b")), file);
    assertThat(Representations.read(file).stimulusIds()).contains(List.of("a", "b"));

    Path other = folder.resolve("other.txt");
    Files.writeString(other, "p\nq\n\n");
    Representation renamed =
        Representations.read(file, ReadOptions.defaults().stimulusIds(other).id("renamed"));
    assertThat(renamed.id()).isEqualTo("renamed");
    assertThat(renamed.stimulusIds()).contains(List.of("p", "q"));
    assertThat(renamed.provenance().parameters()).containsEntry("stimulus ids", "file other.txt");

    Files.writeString(other, "p\nq\nr\n");
    assertThatThrownBy(() -> Representations.read(file, ReadOptions.defaults().stimulusIds(other)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("found 3 ids (file other.txt) for 2 rows");

    Representations.write(x, file);
    assertThat(Representations.read(file).stimulusIds())
        .as("old ids do not stay beside new numbers")
        .isEmpty();
  }

  @Test
  void whatCannotBeReadOrWrittenSaysWhy() throws IOException {
    Representation x = Representation.of("x", new double[][] {{1}});
    assertThatThrownBy(() -> Representations.read(folder.resolve("nowhere.npy")))
        .isInstanceOf(InputException.class)
        .hasMessageEndingWith("nowhere.npy: no such file");
    assertThatThrownBy(() -> Representations.read(folder))
        .isInstanceOf(InputException.class)
        .hasMessageEndingWith("expected a file, found a folder");
    assertThatThrownBy(() -> Representations.write(x, folder.resolve("x.xlsx")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("expected a name that ends with one of [csv, h5, hdf5, mat, npy,");
    assertThat(Files.list(folder)).isEmpty();
  }

  @Test
  void provenanceTellsFileAndChoices() {
    ReadOptions options =
        ReadOptions.defaults().positions(Positions.mean()).unitRows(true).entry("features");
    var provenance = Representations.read(Fixtures.file("features.hdf5"), options).provenance();
    assertThat(provenance.operation()).isEqualTo("read h5");
    assertThat(provenance.parameters())
        .containsEntry("entry", "features")
        .containsEntry("positions", "mean")
        .containsEntry("channels", "first")
        .containsEntry("rows", "unit")
        .containsEntry("dtype", "float32")
        .containsEntry("shape", "[2, 3, 4, 5]")
        .containsKey("sha256");
  }

  @Property(tries = 50)
  void unitRowsHaveLengthOneWhateverTheirScale(
      @ForAll @IntRange(min = 1, max = 20) int p,
      @ForAll @IntRange(min = -300, max = 300) int exponent,
      @ForAll long seed)
      throws IOException {
    java.util.SplittableRandom random = new java.util.SplittableRandom(seed);
    double[] row = random.doubles(p, 0.1, 1).map(v -> v * Math.pow(10, exponent)).toArray();
    Path place = Files.createTempDirectory("unit-rows");
    Path file = place.resolve("x.npy");
    Representations.write(Representation.of("x", 1, p, row), file);
    double[] unit = Representations.read(file, ReadOptions.defaults().unitRows(true)).row(0);
    double sum = 0;
    for (int j = 0; j < p; j++) {
      sum += unit[j] * unit[j];
      assertThat(unit[j] / unit[0]).isCloseTo(row[j] / row[0], within(1e-12));
    }
    assertThat(sum).isCloseTo(1, within(1e-14));
    RoundTripTest.delete(place);
  }

  @Test
  void aDescriptionTellsWhatAFileHolds() {
    Description one = Description.of(Fixtures.file("compressed.npz"), ReadOptions.defaults());
    assertThat(one.format()).isEqualTo("npz");
    assertThat(one.entries())
        .extracting(e -> e.name())
        .containsExactlyInAnyOrder("features", "labels", "stimulus_ids");
    assertThat(one.array().orElseThrow().dtype()).isEqualTo("float32");
    assertThat(one.array().orElseThrow().shape()).containsExactly(6L, 5L);
    assertThat(one.stimulusIds().orElseThrow()).startsWith("bild-0");

    Description special = Description.of(Fixtures.file("special.npy"), ReadOptions.defaults());
    Description.Values values = special.array().orElseThrow().values().orElseThrow();
    assertThat(values.nan()).isEqualTo(1);
    assertThat(values.infinite()).isEqualTo(2);
    assertThat(values.maximum()).isEqualTo(1e308);

    Description several = Description.of(Fixtures.file("several.npz"), ReadOptions.defaults());
    assertThat(several.array()).isEmpty();
    assertThat(several.entries()).hasSize(3);
    Description chosen =
        Description.of(Fixtures.file("several.npz"), ReadOptions.defaults().entry("b"));
    assertThat(chosen.array().orElseThrow().entry()).isEqualTo("b");
  }

  /** Messages show such a name escaped; the provenance has what leads back to the numbers. */
  @Test
  void theProvenanceHasTheEntryAsItIsNamed(@TempDir Path folder) throws IOException {
    Path plain = folder.resolve("plain.npy");
    Representations.write(Representation.of("x", 2, 2, new double[] {1, 2, 3, 4}), plain);
    Path archive = folder.resolve("archive.npz");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
      zip.putNextEntry(new ZipEntry("conv\t1.npy"));
      Files.copy(plain, zip);
    }
    assertThat(Representations.read(archive).provenance().parameters())
        .containsEntry("entry", "conv\t1");
    assertThat(
            Representations.read(archive, ReadOptions.defaults().entry("*"))
                .provenance()
                .parameters())
        .containsEntry("entry", "*");
    assertThat(Representations.read(plain).provenance().parameters()).doesNotContainKey("entry");
  }
}
