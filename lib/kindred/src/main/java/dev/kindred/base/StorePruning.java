package dev.kindred.base;

import java.util.List;

/**
 * What {@link Store#prune} did.
 *
 * @param removed entries that are gone, or would be
 * @param inUse entries that should go and stay, since another process uses or computes them
 */
public record StorePruning(List<StoreEntry> removed, List<StoreEntry> inUse) {
  public StorePruning {
    removed = List.copyOf(removed);
    inUse = List.copyOf(inUse);
  }
}
