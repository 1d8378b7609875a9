package dev.kindred.stimuli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.figure.ContactSheet;
import dev.kindred.figure.Figure;
import dev.kindred.stimuli.shift.Shift;
import dev.kindred.stimuli.shift.ShiftFamily;
import dev.kindred.stimuli.shift.Shifts;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Draws every data set and every level of every shift into {@code target/contact-sheets}. */
class ContactSheetsTest {
  private static final int ROWS = 4;
  private static final int LEVELS = 8;
  private static final BufferedImage EMPTY = new BufferedImage(8, 8, BufferedImage.TYPE_INT_ARGB);

  static List<String> names() {
    return DataSets.generatedNames();
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyDataSetHasASheet(String name) throws IOException {
    int classes = DataSets.generated(name, 8, 1, 7).classNames().size();
    ImageSet images = DataSets.generated(name, 32, classes * ROWS, 7);
    int[] order = new int[images.size()];
    int[] seen = new int[classes];
    for (int i = 0; i < images.size(); i++) {
      int label = images.label(i);
      order[seen[label]++ * classes + label] = i;
    }
    ContactSheet sheet = ContactSheet.titled(name).columns(classes).tileSize(64);
    for (int k = 0; k < order.length; k++) {
      sheet.add(
          images.image(order[k]),
          k / classes == ROWS - 1 ? images.classNames().get(k % classes) : "");
    }
    save(sheet, name);
  }

  @Test
  void everyLevelOfEveryShiftIsOnOneSheet() throws IOException {
    ImageSet images = DataSets.generated("objects", 64, 16, 7);
    ContactSheet sheet =
        ContactSheet.titled("The seventeen shifts at all their levels")
            .columns(LEVELS)
            .tileSize(80);
    Set<Integer> distinct = new HashSet<>();
    int shown = 0;
    for (ShiftFamily family : Shifts.all()) {
      boolean style = family.levels().size() == 1;
      for (int column = 0; column < LEVELS; column++) {
        if (!style && column >= family.levels().size()) {
          sheet.add(EMPTY, "");
          continue;
        }
        // one image at all levels, or several images in one style
        Shift shift = family.shifts().get(style ? 0 : column);
        int image = style ? column : 0;
        ImageSet shifted = shift.apply(images, 1);
        String level = column == 0 ? family.name() : style ? "" : shift.level();
        sheet.add(shifted.image(image), level);
        distinct.add(Arrays.hashCode(shifted.pixels(image)));
        shown++;
      }
    }
    // 73 levels and five styles of eight images each
    assertThat(shown).isEqualTo(73 + 5 * LEVELS);
    assertThat(distinct.size()).isGreaterThan(90);
    save(sheet, "shifts");
  }

  private static void save(Figure figure, String name) throws IOException {
    Path folder = Files.createDirectories(Path.of("target", "contact-sheets"));
    Path file = figure.save(folder.resolve(name + ".png"));
    assertThat(Files.size(file)).isGreaterThan(20_000);
  }
}
