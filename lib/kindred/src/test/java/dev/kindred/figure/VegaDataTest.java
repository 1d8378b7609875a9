package dev.kindred.figure;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;

class VegaDataTest {
  private static JsonObject view(JsonArray values) {
    return VegaJson.object("layer", VegaJson.array(VegaJson.object("data", data(values))));
  }

  private static JsonObject data(JsonArray values) {
    return VegaJson.object("values", values);
  }

  private static JsonObject compacted(JsonArray values) {
    JsonObject view = view(values);
    VegaData.compact(view);
    return view.getAsJsonArray("layer").get(0).getAsJsonObject().getAsJsonObject("data");
  }

  private static JsonArray rows(int count, Object name) {
    JsonArray rows = new JsonArray();
    for (int i = 0; i < count; i++) {
      // Every third number is missing, and its field, too, in every sixth row.
      JsonObject row = VegaJson.object("name", name, "even", i % 2 == 0);
      if (i % 6 != 0) {
        row.add("x", VegaJson.number(i % 3 == 0 ? Double.NaN : i / 7.0));
      }
      rows.add(row);
    }
    return rows;
  }

  private static List<CSVRecord> records(String csv) throws IOException {
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    try (CSVParser parser = CSVParser.parse(csv, format)) {
      return parser.getRecords();
    }
  }

  @Test
  void longDataIsOneText() throws IOException {
    String name = "a \"b\", c\nd";
    JsonObject data = compacted(rows(60, name));
    assertThat(data.get("format"))
        .isEqualTo(
            VegaJson.object(
                "type",
                "csv",
                "parse",
                VegaJson.object("name", "string", "even", "boolean", "x", "number")));
    List<CSVRecord> records = records(data.get("values").getAsString());
    assertThat(records).hasSize(60);
    for (int i = 0; i < 60; i++) {
      CSVRecord record = records.get(i);
      assertThat(record.get("name")).isEqualTo(name);
      assertThat(record.get("even")).isEqualTo(i % 2 == 0 ? "true" : "false");
      assertThat(record.get("x")).isEqualTo(i % 3 == 0 ? "" : VegaJson.number(i / 7.0).toString());
    }
  }

  @Test
  void numbersAloneAreTheFieldThatVegaLiteGivesThem() {
    double[] numbers = new double[50];
    numbers[1] = Double.NaN;
    numbers[49] = Double.NaN;
    assertThat(compacted(VegaJson.array(numbers)).get("values").getAsString())
        .startsWith("data\n0\n\n0\n")
        .endsWith("\n0\n\n");
  }

  @Test
  void whatATableCannotTellStays() {
    for (JsonArray values :
        List.of(
            rows(49, "few"), // rows
            rows(60, ""), // CSV takes an empty text for a missing one
            rows(60, List.of("a list")),
            rows(60, null))) {
      JsonArray mixed = values.deepCopy();
      if (mixed.size() == 60 && !mixed.get(0).getAsJsonObject().has("name")) {
        mixed.get(7).getAsJsonObject().addProperty("x", "a text among numbers");
      }
      assertThat(compacted(mixed)).isEqualTo(data(mixed));
    }
  }
}
