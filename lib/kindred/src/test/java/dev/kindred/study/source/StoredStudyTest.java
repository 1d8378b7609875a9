package dev.kindred.study.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.base.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredStudyTest {
  private static final List<String> FILES = List.of("a.csv", "b.csv", "c.csv");

  @TempDir Path temporary;
  private Path folder;
  private final List<String> written = new ArrayList<>();

  /** Writes three texts; stops before one of them. */
  private final class Letters implements StorableStudy {
    private final String stopsAt;
    private final int revision;

    private Letters(String stopsAt, int revision) {
      this.stopsAt = stopsAt;
      this.revision = revision;
    }

    @Override
    public String name() {
      return "letters";
    }

    @Override
    public int revision() {
      return revision;
    }

    @Override
    public String command(SortedMap<String, String> settings) {
      return "make letters " + settings;
    }

    @Override
    public Making open(SortedMap<String, String> settings) {
      return new Making() {
        @Override
        public Map<String, Long> sizes() {
          return Map.of("letters", 3L);
        }

        @Override
        public List<String> files() {
          return FILES;
        }

        @Override
        public boolean isDerived(String name) {
          return name.equals("c.csv");
        }

        @Override
        public void write(String name, Path target, StoredStudy before) throws IOException {
          if (name.equals(stopsAt)) {
            Files.writeString(target, "half a fi");
            throw new IllegalStateException("killed");
          }
          // The last file is made from the first.
          String from = name.equals("c.csv") ? Files.readString(before.file("a.csv")) : "";
          Files.writeString(target, from + name + settings.get("seed"));
          written.add(name);
        }
      };
    }

    @Override
    public List<Check> verify(StoredStudy stored, SortedMap<String, String> settings, long seed) {
      throw new UnsupportedOperationException();
    }
  }

  @BeforeEach
  void name() {
    folder = temporary.resolve("results/letters");
  }

  private static SortedMap<String, String> settings(String seed) {
    return new TreeMap<>(Map.of("seed", seed));
  }

  private StoredStudy make(String stopsAt, String seed) throws IOException {
    return new StudyWriter(folder)
        .write(new Letters(stopsAt, 1), settings(seed), (file, done, all, seconds, left) -> {});
  }

  private StoredStudy open() {
    return StoredStudy.open(folder, "letters", 1);
  }

  private void requireFault(String message) {
    assertThatThrownBy(this::open)
        .isInstanceOf(InputException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }

  @Test
  void whatWasMadeIsOpenedWithItsProvenance() throws IOException {
    StoredStudy made = make(null, "7");
    assertThat(made.files()).isEqualTo(FILES);
    StoredStudy opened = open();
    assertThat(opened.settings()).isEqualTo(settings("7"));
    assertThat(Files.readString(opened.file("c.csv"))).isEqualTo("a.csv7c.csv7");
    assertThat(opened.toString()).contains("letters: 3 files", "by make letters {seed=7}");
    assertThat(opened.provenance("a.csv")).isNotEqualTo(opened.provenance("b.csv"));
    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("a.csv", "b.csv", "c.csv", "provenance.json");
    }
    String provenance = Files.readString(folder.resolve("provenance.json"));
    assertThat(provenance)
        .contains("\"command\"", "\"hours\"", "\"java\"", "\"sha256\"", "\"letters\": 3");
    assertThatThrownBy(() -> opened.file("d.csv")).isInstanceOf(InputException.class);
    make(null, "7");
    assertThat(written).as("a finished study stays").hasSize(3);
  }

  @Test
  void whoIsStoppedGoesOn() throws IOException {
    assertThatThrownBy(() -> make("c.csv", "7")).hasMessage("killed");
    requireFault("is not finished; go on with environment/kindred study letters --stored");
    assertThat(new StudyWriter(folder).unfinished(new Letters(null, 1))).isEqualTo(settings("7"));
    Files.writeString(folder.resolve("b.csv"), "changed");
    make(null, "7");
    assertThat(written).as("b.csv was damaged").containsExactly("a.csv", "b.csv", "b.csv", "c.csv");
    assertThat(Files.readString(open().file("b.csv"))).isEqualTo("b.csv7");
    assertThatThrownBy(() -> new StudyWriter(folder).unfinished(new Letters(null, 1)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is finished; there is nothing to resume");
  }

  @Test
  void whatIsDamagedLaterIsMadeAgain() throws IOException {
    make(null, "7");
    Files.delete(folder.resolve("b.csv"));
    Files.writeString(folder.resolve("a.csv"), "changed");
    requireFault("a.csv: expected 6 bytes, found 7; environment/kindred study letters --stored");
    assertThat(new StudyWriter(folder).unfinished(new Letters(null, 1))).isEqualTo(settings("7"));
    assertThatThrownBy(() -> make(null, "8")).hasMessageContaining("with other settings");
    written.clear();

    make(null, "7");

    assertThat(written).containsExactly("a.csv", "b.csv");
    assertThat(Files.readString(open().file("b.csv"))).isEqualTo("b.csv7");
  }

  @Test
  void whatIsForeignIsFoundBeforeTheWork() throws IOException {
    assertThatThrownBy(() -> make("c.csv", "7")).hasMessage("killed");
    Files.writeString(folder.resolve("thesis.txt"), "mine");
    written.clear();
    assertThatThrownBy(() -> make(null, "7"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("expected files of the study alone, found also thesis.txt");
    assertThat(written).isEmpty();
    Files.delete(folder.resolve("thesis.txt"));
    assertThat(make(null, "7").files()).isEqualTo(FILES);
  }

  @Test
  void anotherStudyIsNotOverwritten() throws IOException {
    assertThatThrownBy(() -> make("b.csv", "7")).hasMessage("killed");
    assertThatThrownBy(() -> make(null, "8"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("an unfinished study with other settings, {seed=7}; go on");
    make(null, "7");
    assertThatThrownBy(() -> make(null, "8"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("a finished study with other settings, {seed=7}; give another");
    folder = temporary.resolve("other");
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("thesis.txt"), "mine");
    assertThatThrownBy(() -> make(null, "7"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("holds files that are no stored study");
  }

  @Test
  void everyFaultIsOneLine() throws IOException {
    requireFault("expected a stored study, found no provenance.json");
    make(null, "7");
    byte[] whole = Files.readAllBytes(folder.resolve("b.csv"));
    Files.write(folder.resolve("b.csv"), Arrays.copyOf(whole, whole.length - 1));
    requireFault("b.csv: expected 6 bytes, found 5");
    whole[0] ^= 1;
    Files.write(folder.resolve("b.csv"), whole);
    requireFault("b.csv is damaged: its SHA-256 is not the one in provenance.json");
    Files.delete(folder.resolve("b.csv"));
    requireFault("b.csv is missing");
    whole[0] ^= 1;
    Files.write(folder.resolve("b.csv"), whole);
    Files.writeString(folder.resolve("d.csv"), "");
    requireFault("expected the files of provenance.json, found also d.csv");
    Files.delete(folder.resolve("d.csv"));
    open();

    Path provenance = folder.resolve("provenance.json");
    String text = Files.readString(provenance);
    Files.writeString(provenance, text.substring(0, text.length() / 2));
    requireFault("provenance.json: expected the provenance of a stored study in JSON");
    Files.writeString(provenance, "");
    requireFault("provenance.json: expected the provenance of a stored study");
    Files.writeString(provenance, text.replace("\"format\": 1", "\"format\": 2"));
    requireFault("expected format 1 of stored studies, found 2; another version of Kindred");
    Files.writeString(provenance, text.replace("\"letters\",", "\"numbers\","));
    requireFault("expected the study letters, found numbers");
    Files.writeString(provenance, text.replace("\"a.csv\"", "\"../a.csv\""));
    requireFault("expected settings, sizes, the command and files with their checksums");
    Files.writeString(provenance, text);
    assertThatThrownBy(() -> StoredStudy.open(folder, "letters", 2))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("expected revision 2 of the study letters, found 1; another version");
  }
}
