package dev.kindred.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.measure.Measures;
import dev.kindred.measure.Similarities;
import dev.kindred.representation.Representation;
import dev.kindred.stimuli.ImageSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class SmallNetworksTest {
  @Test
  void learnsAndShowsEveryLayerAfterThePixels() {
    ImageSet images = TestImages.bars(40, 16, 3, 1);
    try (Network network = SmallNetworks.plain(images, 3, 1);
        Network other = SmallNetworks.residual(images, 1, 1)) {
      List<Representation> layers = network.layerByLayer(images);
      assertThat(layers.stream().map(Representation::id))
          .containsExactly("pixels", "conv1", "conv2", "conv3", "features", "logits");
      double accuracy = Classification.accuracy(layers.get(layers.size() - 1), images.labels());
      assertThat(network.accuracy(images)).isEqualTo(accuracy);
      double[] byDepth = Similarities.byDepth(Measures.cka(), layers, other.layerByLayer(images));
      assertThat(byDepth).hasSize(6);
      assertThat(byDepth[0]).as("pixels beside pixels").isGreaterThan(0.999999);
    }
  }
}
