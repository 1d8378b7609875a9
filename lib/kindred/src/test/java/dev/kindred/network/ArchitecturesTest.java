package dev.kindred.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.kindred.base.InputException;
import dev.kindred.base.Progress;
import dev.kindred.base.Seeds;
import dev.kindred.network.Network.InputShape;
import dev.kindred.network.architecture.Architecture;
import dev.kindred.network.architecture.BottleneckResNet;
import dev.kindred.network.architecture.PlainCnn;
import dev.kindred.network.architecture.PreActivationResNet;
import dev.kindred.network.architecture.VisionTransformer;
import dev.kindred.network.tensor.ParameterLayout;
import dev.kindred.network.tensor.Torch;
import dev.kindred.representation.Representation;
import dev.kindred.stimuli.ImageSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitecturesTest {
  private static final InputShape CIFAR = new InputShape(3, 32, 32);

  /**
   * Counts as published: torchvision's ViT-B/16 (86,567,656 with 1000 classes); kuangliu's
   * pytorch-cifar PreActResNet18 (11,171,146), ResNet50 (23,520,842) and VGG16 (14,728,266). The
   * pre-activation network of that repository has no normalisation after the last block, which adds
   * 2·512 here.
   */
  static Stream<Arguments> published() {
    return Stream.of(
        Arguments.of(PreActivationResNet.resNet18(64), CIFAR, 10, 11_171_146L + 1024),
        Arguments.of(BottleneckResNet.resNet50(), CIFAR, 10, 23_520_842L),
        // that VGG has biases before its normalisations: one for each of 4224 channels
        Arguments.of(PlainCnn.vgg16(), CIFAR, 10, 14_728_266L - 4224),
        Arguments.of(VisionTransformer.b16(), new InputShape(3, 224, 224), 1000, 86_567_656L));
  }

  @ParameterizedTest
  @MethodSource("published")
  void hasThePublishedNumberOfParameters(
      Architecture architecture, InputShape input, int classes, long parameters) {
    assertThat(parameters(architecture, input, classes)).isEqualTo(parameters);
  }

  /** Counts without making weights. */
  private static long parameters(Architecture architecture, InputShape input, int classes) {
    try (NDManager owner = Torch.newManager()) {
      var encoder = architecture.newEncoder();
      ParameterLayout.initialize(encoder, owner, input.batch(1));
      long width =
          encoder.getOutputShapes(new ai.djl.ndarray.types.Shape[] {input.batch(1)})[0].get(1);
      return ParameterLayout.of(Map.of("encoder", encoder)).learnt() + (width + 1) * classes;
    }
  }

  @Test
  void demoNetworksHaveTheSizesOfTheTrials() {
    InputShape grey = new InputShape(1, 16, 16);
    assertThat(parameters(PreActivationResNet.small(16), grey, 10)).isBetween(76_000L, 80_000L);
    assertThat(parameters(VisionTransformer.small(64, 3, 8), CIFAR, 10))
        .isBetween(150_000L, 180_000L);
  }

  static Stream<Arguments> shapes() {
    return Stream.of(
        Arguments.of(
            PreActivationResNet.resNet18(4),
            List.of("stem", "block1", "block2", "block3", "block4", "features", "logits"),
            List.of(4096, 4096, 2048, 1024, 512, 32, 5),
            List.of(4, 4, 8, 16, 32, 32, 5)),
        Arguments.of(
            new BottleneckResNet(4, List.of(1, 1, 1)),
            List.of("stem", "block1", "block2", "block3", "features", "logits"),
            List.of(4096, 16384, 8192, 4096, 64, 5),
            List.of(4, 16, 32, 64, 64, 5)),
        Arguments.of(
            PlainCnn.plain(4),
            List.of("conv1", "conv2", "conv3", "features", "logits"),
            List.of(1024, 512, 1024, 16, 5),
            List.of(4, 8, 16, 16, 5)),
        Arguments.of(
            PlainCnn.vggLike(4),
            List.of("conv1", "conv2", "conv3", "conv4", "conv5", "conv6", "features", "logits"),
            List.of(4096, 1024, 2048, 512, 1024, 1024, 16, 5),
            List.of(4, 4, 8, 8, 16, 16, 16, 5)),
        Arguments.of(
            new VisionTransformer(16, 2, 2, 8, false, true),
            List.of("embedding", "block1", "block2", "features", "logits"),
            List.of(272, 272, 272, 16, 5),
            List.of(16, 16, 16, 16, 5)),
        Arguments.of(
            VisionTransformer.small(32, 2, 8),
            List.of("embedding", "block1", "block2", "features", "logits"),
            List.of(512, 512, 512, 32, 5),
            List.of(32, 32, 32, 32, 5)));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void layersHaveTheStatedShapes(
      Architecture architecture,
      List<String> layers,
      List<Integer> flattened,
      List<Integer> pooled) {
    ImageSet images = TestImages.bars(6, 32, 3, 1);
    try (Network network = Network.untrained("net", architecture, CIFAR, 5, new Seeds(1))) {
      assertThat(network.layers()).isEqualTo(layers);
      Map<String, Representation> flat =
          network.represent(images, layers, Pooling.FLATTENED, 4, Progress.NONE);
      assertThat(flat.values().stream().map(Representation::units)).isEqualTo(flattened);
      Map<String, Representation> means =
          network.represent(images, layers, Pooling.POOLED, 4, Progress.NONE);
      assertThat(means.values().stream().map(Representation::units)).isEqualTo(pooled);
      Map<String, Representation> centres =
          network.represent(images, layers, Pooling.CENTRE_PIXEL, 4, Progress.NONE);
      assertThat(centres.values().stream().map(Representation::units)).isEqualTo(pooled);
      flat.values().forEach(Representation::requireFinite);
      assertThat(flat.get(layers.get(0)).stimulusIds().orElseThrow())
          .isEqualTo(images.stimulusIds());
    }
  }

  @Test
  void poolingTakesTheMeanAndTheCentreOfTheMap() {
    ImageSet images = TestImages.bars(3, 16, 1, 1);
    try (Network network =
        Network.untrained(
            "net", PreActivationResNet.small(2), new InputShape(1, 16, 16), 0, new Seeds(1))) {
      double[] map = network.represent(images, "block2", Pooling.FLATTENED).row(1);
      double[] mean = network.represent(images, "block2", Pooling.POOLED).row(1);
      double[] centre = network.represent(images, "block2", Pooling.CENTRE_PIXEL).row(1);
      assertThat(mean[3])
          .isCloseTo(java.util.Arrays.stream(map, 192, 256).average().orElseThrow(), within(1e-5));
      assertThat(centre[3]).isEqualTo(map[192 + 4 * 8 + 4]);
    }
  }

  @Test
  void theSameSeedGivesTheSameNetworkWithOrWithoutAClassifier() {
    ImageSet images = TestImages.bars(3, 16, 1, 1);
    InputShape input = InputShape.of(images);
    Architecture architecture = PreActivationResNet.small(2);
    try (Network a = Network.untrained("a", architecture, input, 0, new Seeds(7));
        Network b = Network.untrained("b", architecture, input, 4, new Seeds(7));
        Network c = Network.untrained("c", architecture, input, 4, new Seeds(8))) {
      double[] row = a.represent(images, "features", Pooling.POOLED).row(0);
      assertThat(b.represent(images, "features", Pooling.POOLED).row(0)).isEqualTo(row);
      assertThat(c.represent(images, "features", Pooling.POOLED).row(0)).isNotEqualTo(row);
    }
  }

  @Test
  void refusesSizesThatDoNotFit() {
    assertThatThrownBy(() -> new VisionTransformer(10, 1, 3, 8, false, false))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("heads that divide the width");
    assertThatThrownBy(
            () ->
                Network.untrained(
                    "x", VisionTransformer.b16(), new InputShape(3, 30, 30), 0, new Seeds(1)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("multiples of the patch of 16 pixels, found 30×30");
  }
}
