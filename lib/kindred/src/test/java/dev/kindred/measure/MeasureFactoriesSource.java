package dev.kindred.measure;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.lang.model.SourceVersion;

/** The source of {@link MeasureFactories}, made of the catalogue. */
final class MeasureFactoriesSource {
  private static final String OBJECT_METHODS = "wait notify equals toString measure compare with";

  private final StringBuilder source = new StringBuilder();

  static String of(List<CatalogueEntry> catalogue) {
    MeasureFactoriesSource made = new MeasureFactoriesSource();
    made.write(catalogue);
    return made.source.toString();
  }

  private void write(List<CatalogueEntry> catalogue) {
    line("package dev.kindred.measure;");
    line("");
    line("import java.util.Map;");
    line("");
    line("/**");
    line(
        " * A method for every measure of the catalogue, and of each choice one for every value: made");
    line(" * by {@code MeasureFactoriesTest}, not by hand.");
    line(" */");
    line("public abstract sealed class MeasureFactories permits Measures {");
    line("  MeasureFactories() {}");
    for (CatalogueEntry entry : catalogue) {
      line("");
      line("/** " + text(entry.info().summary()) + " */");
      String method = "public static ";
      if (entry.parameters().isEmpty()) {
        line(method + "MeasureChoice<?> " + camel(entry.name()) + "() {");
        line("return MeasureChoice.without(\"" + entry.name() + "\");");
      } else {
        line(method + type(entry) + " " + camel(entry.name()) + "() {");
        line("return new " + type(entry) + "(Map.of());");
      }
      line("}");
    }
    catalogue.stream().filter(entry -> !entry.parameters().isEmpty()).forEach(this::choice);
    line("}");
  }

  private void choice(CatalogueEntry entry) {
    String type = type(entry);
    line("");
    line("/** Choices of {@code " + entry.name() + "}. */");
    line("public static final class " + type + " extends MeasureChoice<" + type + "> {");
    line("private " + type + "(Map<String, String> chosen) {");
    line("super(\"" + entry.name() + "\", chosen, " + type + "::new);");
    line("}");
    Set<String> clashing = clashing(entry);
    for (Parameter parameter : entry.parameters()) {
      switch (parameter.kind()) {
        case INTEGER -> value(type, parameter, "int");
        case NUMBER -> value(type, parameter, "double");
        case FILE -> value(type, parameter, "String");
        case WORD -> {}
      }
      if (isFlag(parameter)) {
        value(type, parameter, "boolean");
        continue;
      }
      for (String word : parameter.words()) {
        boolean alone = parameter.kind() == Parameter.Kind.WORD && !clashing.contains(word);
        if (parameter.kind() == Parameter.Kind.WORD || !word.equals(parameter.defaultValue())) {
          word(type, parameter, word, alone ? camel(word) : camel(parameter.name() + "-" + word));
        }
      }
    }
    if (names(entry).containsAll(List.of("kernel", "sigma"))) {
      line("");
      line("/** {@code kernel=rbf} of that {@code sigma}. */");
      line("public " + type + " rbf(double sigma) {");
      line("return rbf().sigma(sigma);");
      line("}");
    }
    line("}");
  }

  private void value(String type, Parameter parameter, String valueType) {
    String name = camel(parameter.name());
    line("");
    line(
        "/** "
            + text(parameter.description())
            + "; "
            + text(parameter.defaultValue())
            + " unless chosen. */");
    line("public " + type + " " + name + "(" + valueType + " value) {");
    line("return with(\"" + parameter.name() + "\", value);");
    line("}");
  }

  private void word(String type, Parameter parameter, String word, String method) {
    boolean isDefault = word.equals(parameter.defaultValue());
    line("");
    line(
        "/** {@code "
            + parameter.name()
            + "="
            + word
            + "}"
            + (isDefault ? ", the default" : "")
            + "; "
            + text(parameter.description())
            + ". */");
    line("public " + type + " " + method + "() {");
    line("return with(\"" + parameter.name() + "\", \"" + word + "\");");
    line("}");
  }

  /** Words that would name two methods of one choice, or none. */
  private static Set<String> clashing(CatalogueEntry entry) {
    Set<String> clashing = new HashSet<>();
    Set<String> seen = new TreeSet<>(names(entry));
    for (Parameter parameter : entry.parameters()) {
      for (String word : parameter.words()) {
        boolean possible =
            SourceVersion.isName(camel(word))
                && !word.equals("none")
                && !List.of(OBJECT_METHODS.split(" ")).contains(camel(word));
        if (parameter.kind() == Parameter.Kind.WORD && (!possible || !seen.add(word))) {
          clashing.add(word);
        }
      }
    }
    return clashing;
  }

  private static boolean isFlag(Parameter parameter) {
    return parameter.words().equals(List.of("true", "false"));
  }

  private static List<String> names(CatalogueEntry entry) {
    return new ArrayList<>(entry.parameters().stream().map(Parameter::name).toList());
  }

  private static String type(CatalogueEntry entry) {
    String name = camel(entry.name());
    return Character.toUpperCase(name.charAt(0)) + name.substring(1) + "Choice";
  }

  private static String camel(String name) {
    StringBuilder text = new StringBuilder();
    for (String part : name.split("[^A-Za-z0-9]+")) {
      text.append(
          text.isEmpty() ? part : Character.toUpperCase(part.charAt(0)) + part.substring(1));
    }
    return text.toString();
  }

  private static String text(String words) {
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private void line(String text) {
    source.append(text).append('\n');
  }
}
