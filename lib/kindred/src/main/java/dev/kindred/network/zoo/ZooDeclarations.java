package dev.kindred.network.zoo;

import dev.kindred.network.architecture.Architecture;
import dev.kindred.network.architecture.PlainCnn;
import dev.kindred.network.architecture.PreActivationResNet;
import dev.kindred.network.architecture.VisionTransformer;
import java.util.List;

/**
 * The declared zoos. Sizes and lengths are those at which the networks learn within minutes on two
 * processors; objectives that learn nothing at this size (BYOL, DINO) are in the library and not
 * here.
 */
public final class ZooDeclarations {
  private static final int PIXELS = 32;
  private static final Architecture CNN_SMALL = PlainCnn.plain(16);
  private static final Architecture CNN_MEDIUM = new PlainCnn(32, List.of(1, 1, 1), 128, 2);
  private static final Architecture CNN_LARGE = new PlainCnn(16, List.of(1, 1, 1, 1, 1), 256, 2);
  private static final Architecture CNN_XLARGE = new PlainCnn(24, List.of(1, 1, 1, 1, 1), 384, 2);
  private static final Architecture RESNET = PreActivationResNet.small(12);
  private static final Architecture VIT_MEDIUM = VisionTransformer.small(64, 3, 8);
  private static final Architecture VIT_LARGE = VisionTransformer.small(96, 3, 8);
  private static final Architecture VIT_MASKED =
      new VisionTransformer(64, 3, 4, 8, /* convolutionalStem= */ false, false);

  private ZooDeclarations() {}
}
