package dev.kindred.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
  private static final Gson GSON = Json.builder().serializeSpecialFloatingPointValues().create();

  private enum Kind {
    WHOLE,
    HALF
  }

  private record Part(int size, double share) {}

  private record Whole(
      String name, long count, boolean good, Kind kind, List<Part> parts, Map<String, Part> named) {
    private Whole {
      if (count < 0) {
        throw new InputException("expected a count of at least 0, found " + count);
      }
    }
  }

  @Test
  void aRecordComesBackAsItWas() {
    Whole whole =
        new Whole(
            "a <b>",
            1L << 60,
            true,
            Kind.HALF,
            List.of(new Part(1, 0.1), new Part(-2, Double.NaN)),
            Map.of("x", new Part(3, 1e300)));
    assertThat(GSON.fromJson(GSON.toJson(whole), Whole.class)).isEqualTo(whole);
  }

  @Test
  void componentsStandInTheirOrderAndNullsNowhere() {
    assertThat(GSON.toJson(new Whole("n", 2, false, null, List.of(new Part(1, 0.5)), null)))
        .isEqualTo(
            "{\"name\":\"n\",\"count\":2,\"good\":false,\"parts\":[{\"size\":1,\"share\":0.5}]}");
    assertThat(GSON.toJson(null, Whole.class)).isEqualTo("null");
  }

  @Test
  void whatIsMissingOrNullIsNothingAndWhatIsUnknownIsPassedOver() {
    Whole whole =
        GSON.fromJson(
            "{\"later\":{\"a\":[1]},\"count\":null,\"parts\":[{\"size\":4},null]}", Whole.class);
    assertThat(whole.name()).isNull();
    assertThat(whole.count()).isZero();
    assertThat(whole.good()).isFalse();
    assertThat(whole.parts()).containsExactly(new Part(4, 0), null);
  }

  @Test
  void theConstructorChecksWhatIsRead() {
    assertThatThrownBy(() -> GSON.fromJson("{\"count\":-1}", Whole.class))
        .isInstanceOf(InputException.class)
        .hasMessage("expected a count of at least 0, found -1");
    assertThatThrownBy(() -> GSON.fromJson("[1]", Whole.class))
        .isInstanceOf(JsonParseException.class);
  }

  @Test
  void textIsOneElement() {
    assertThat(Json.parse(" {\"a\": [1, null]} ").getAsJsonObject().get("a").getAsJsonArray())
        .hasSize(2);
    assertThat(Json.parse("").isJsonNull()).isTrue();
    assertThatThrownBy(() -> Json.parse("{} {}")).isInstanceOf(JsonParseException.class);
    assertThatThrownBy(() -> Json.parse("{\"a\":")).isInstanceOf(JsonParseException.class);
  }
}
