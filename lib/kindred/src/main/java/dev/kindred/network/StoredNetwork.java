package dev.kindred.network;

import dev.kindred.base.Provenance;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * A network that can be opened when it is needed: trained here, or imported.
 *
 * @param name different for the networks of one study
 * @param provenance where its weights come from; names its responses in a store
 * @param opener gives the network; who calls it closes that
 */
public record StoredNetwork(
    String name, Provenance provenance, Supplier<RepresentationSource> opener) {
  public StoredNetwork {
    Objects.requireNonNull(name);
    Objects.requireNonNull(provenance);
    Objects.requireNonNull(opener);
  }

  /** The network itself; the caller closes it. */
  public RepresentationSource open() {
    return opener.get();
  }

  @Override
  public String toString() {
    return name;
  }
}
