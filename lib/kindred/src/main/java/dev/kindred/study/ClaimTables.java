package dev.kindred.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** The same claims decided on several data: tables as {@link Claim#table} makes them, by a name. */
public final class ClaimTables {
  private ClaimTables() {}

  /**
   * One row for each claim of any table: the published value, then value, interval and verdict by
   * every table.
   */
  public static Table beside(Map<String, Table> tables) {
    List<String> claims = new ArrayList<>();
    List<String> published = new ArrayList<>();
    for (Table table : tables.values()) {
      for (Row row : table) {
        if (!claims.contains(row.getString("claim"))) {
          claims.add(row.getString("claim"));
          published.add(row.getString("published").replaceFirst(", (in|out)side the .*", ""));
        }
      }
    }
    Table beside =
        Table.create(
            "Claims",
            StringColumn.create("claim", claims),
            StringColumn.create("published", published));
    tables.forEach(
        (name, table) -> {
          StringColumn value = StringColumn.create(name);
          StringColumn verdict = StringColumn.create(name + ": verdict");
          for (String claim : claims) {
            Table found = table.where(table.stringColumn("claim").isEqualTo(claim));
            if (found.isEmpty()) {
              value.append("–");
              verdict.append("not asked");
            } else {
              String interval = text(found, "95 % interval");
              value.append(text(found, "here") + (interval.equals("–") ? "" : " " + interval));
              verdict.append(text(found, "verdict"));
            }
          }
          beside.addColumns(value, verdict);
        });
    return beside;
  }

  private static String text(Table row, String column) {
    return row.column(column).getString(0);
  }

  /** How many claims are decided of how many that are testable, in a sentence for each table. */
  public static String shares(Map<String, Table> tables) {
    List<String> shares = new ArrayList<>();
    tables.forEach(
        (name, table) -> {
          List<String> verdicts = table.stringColumn("verdict").asList();
          long decided = verdicts.stream().filter(text -> Verdict.named(text).isDecision()).count();
          long testable =
              verdicts.stream().filter(text -> Verdict.named(text) != Verdict.NOT_TESTABLE).count();
          shares.add(name + ": " + decided + " of " + testable + " testable claims decided");
        });
    return String.join("; ", shares);
  }
}
