package dev.kindred.representation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.base.InputException;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class NdArraysTest {
  @Test
  void goesThereAndBackInBothPrecisions() {
    for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
      INDArray array = Nd4j.arange(15).castTo(type).mul(0.7).reshape('c', 5, 3);
      Representation representation = NdArrays.toRepresentation("x", array);
      assertThat(representation.stimuli()).isEqualTo(5);
      assertThat(representation.units()).isEqualTo(3);
      assertThat(representation.get(1, 2)).isEqualTo(array.getDouble(1, 2));
      assertThat(NdArrays.toArray(representation)).isEqualTo(array);
    }
  }

  @Test
  void readsTransposedViewsInTheirOwnOrder() {
    INDArray array = Nd4j.arange(6).castTo(DataType.DOUBLE).reshape('c', 2, 3).transpose();
    Representation representation = NdArrays.toRepresentation("x", array);
    assertThat(representation.row(1)).containsExactly(1, 4);
  }

  @Test
  void namesTheShapeThatDoesNotFit() {
    assertThatThrownBy(() -> NdArrays.toRepresentation("x", Nd4j.zeros(2, 3, 4)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("[2, 3, 4]");
  }
}
