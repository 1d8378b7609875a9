package dev.kindred.representation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.base.InputException;
import dev.kindred.base.Progress;
import dev.kindred.base.array.ElementType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepresentationCollectionTest {
  @TempDir Path root;

  private void features(String path, int stimuli) {
    Representations.write(
        RoundTripTest.random(stimuli, 3, ElementType.FLOAT32, path.hashCode()), root.resolve(path));
  }

  @Test
  void aFolderOfDataSetsOpensWithItsTableOfModels() throws IOException {
    for (String dataSet : List.of("cifar", "dtd")) {
      features(dataSet + "/resnet.v1.npy", 5);
      features(dataSet + "/vit.csv", 5);
    }
    features("cifar/unknown.npz", 5);
    features("cifar/deeper/still/x.npy", 5);
    Files.writeString(
        root.resolve("models.csv"),
        "objective,model,parameters\nSup,vit,86\nSSL,absent,12.5\nSup,resnet.v1,25\n");

    RepresentationCollection all = RepresentationCollection.open(root);

    assertThat(all.layout()).isEqualTo(FolderLayout.FLAT);
    assertThat(all.dataSets()).containsExactly("cifar", "dtd");
    assertThat(all.models()).containsExactly("vit", "absent", "resnet.v1");
    assertThat(all.missing()).containsExactly("cifar/absent", "dtd/absent");
    assertThat(all.extra())
        .containsExactly(
            root.resolve("cifar/deeper/still/x.npy"), root.resolve("cifar/unknown.npz"));
    assertThat(all.modelsTable().columnNames()).containsExactly("model", "objective", "parameters");
    assertThat(all.modelsTable().stringColumn("objective").asList())
        .containsExactly("Sup", "SSL", "Sup");
    assertThat(all.read("cifar", Progress.NONE))
        .extracting(Representation::id)
        .containsExactly("vit", "resnet.v1");
    assertThat(all.read("dtd", "vit").row(2))
        .isEqualTo(
            RoundTripTest.random(5, 3, ElementType.FLOAT32, "dtd/vit.csv".hashCode()).row(2));
    assertThatThrownBy(() -> all.read("dtd", "absent"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no features of absent on dtd");
    assertThatThrownBy(() -> all.file("svhn", "vit"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no data set named svhn");
    assertThat(all).hasToString(root + ": 2 data sets × 3 models, 4 files, 2 missing, 2 extra");
  }

  @Test
  void withoutATableEveryModelThatHasAFileCounts() {
    features("b.npy", 4);
    features("a.npy", 4);
    RepresentationCollection all = RepresentationCollection.open(root);
    assertThat(all.dataSets()).containsExactly(root.getFileName().toString());
    assertThat(all.models()).containsExactly("a", "b");
    assertThat(all.missing()).isEmpty();
  }

  @Test
  void thingsvisionFoldersBringTheirFileNames() throws IOException {
    features("alexnet/features.10/features.npy", 2);
    features("vit/norm/features.csv", 2);
    Files.writeString(root.resolve("alexnet/features.10/file_names.txt"), "a.jpg\nb.jpg\n");
    Files.writeString(root.resolve("vit/norm/file_names.txt"), "b.jpg\na.jpg\n");

    RepresentationCollection all = RepresentationCollection.open(root);

    assertThat(all.layout()).isEqualTo(FolderLayout.THINGSVISION);
    assertThat(all.models()).containsExactly("alexnet/features.10", "vit/norm");
    String dataSet = all.dataSets().get(0);
    assertThat(all.read(dataSet, "vit/norm").stimulusIds()).contains(List.of("b.jpg", "a.jpg"));
    assertThatThrownBy(() -> all.read(dataSet, Progress.NONE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(
            "row 0 is stimulus a.jpg in alexnet/features.10 but b.jpg in vit/norm");
  }

  @Test
  void thingsvisionFoldersMayLieBelowDataSets() {
    features("things/alexnet/conv1/features.npy", 2);
    features("places/alexnet/conv1/features.npy", 3);
    RepresentationCollection all = RepresentationCollection.open(root);
    assertThat(all.dataSets()).containsExactly("places", "things");
    assertThat(all.models()).containsExactly("alexnet/conv1");
    assertThat(all.read("places", "alexnet/conv1").stimuli()).isEqualTo(3);
  }

  @Test
  void theConsistencyLayoutTakesTrainingFeatures() {
    for (String model : List.of("simclr-rn50", "OpenCLIP")) {
      features("wds_cifar10/" + model + "/features_train.pt", 4);
      features("wds_cifar10/" + model + "/features_test.pt", 2);
      features("wds_cifar10/" + model + "/targets_train.pt", 4);
    }
    RepresentationCollection all =
        RepresentationCollection.open(root, ReadOptions.defaults().unitRows(true));
    assertThat(all.layout()).isEqualTo(FolderLayout.CONSISTENCY);
    assertThat(all.dataSets()).containsExactly("wds_cifar10");
    assertThat(all.models()).containsExactly("OpenCLIP", "simclr-rn50");
    assertThat(all.extra()).isEmpty();
    assertThat(all.read("wds_cifar10", "OpenCLIP").provenance().parameters())
        .containsEntry("rows", "unit");
  }

  @Test
  void twoFilesForOneModelAreRefused() {
    features("d/x.npy", 2);
    features("d/x.csv", 2);
    assertThatThrownBy(() -> RepresentationCollection.open(root))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("two files for model x on d");
  }

  @Test
  void otherNumbersOfStimuliAreRefused() {
    features("d/x.npy", 2);
    features("d/y.npy", 3);
    RepresentationCollection all = RepresentationCollection.open(root);
    assertThatThrownBy(() -> all.read("d", Progress.NONE))
        .isInstanceOf(InputException.class)
        .hasMessage("x has 2 rows, y has 3: both need the same stimuli");
  }

  @Test
  void foldersAndTablesThatDoNotFitAreRefused() throws IOException {
    assertThatThrownBy(() -> RepresentationCollection.open(root))
        .isInstanceOf(InputException.class)
        .hasMessage(root + ": expected features in files such as DATA-SET/MODEL.npy, found none");
    assertThatThrownBy(() -> RepresentationCollection.open(root.resolve("nowhere")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("expected a folder of features");
    features("d/x.npy", 2);
    Path twice = root.resolve("models.csv");
    Files.writeString(twice, "id\nx\nx\n");
    assertThatThrownBy(() -> RepresentationCollection.open(root))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("expected every model once, found 'x' again");
    assertThatThrownBy(
            () ->
                RepresentationCollection.open(
                    root,
                    FolderLayout.FLAT,
                    Optional.of(root.resolve("no.csv")),
                    ReadOptions.defaults()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no such table of models");
  }

  @Test
  void tablesThatAreNoTextAreToldInWords() throws IOException {
    Path table = root.resolve("table.csv");
    Files.write(table, new byte[] {'i', 'd', '\n', 'x', (byte) 0xff, '\n'});
    assertThatThrownBy(() -> RepresentationCollection.readModels(table))
        .isInstanceOf(InputException.class)
        .hasMessage(table + ", line 2: expected text in UTF-8, found something else");
    Files.writeString(table, "\n");
    assertThatThrownBy(() -> RepresentationCollection.readModels(table))
        .isInstanceOf(InputException.class)
        .hasMessage(
            table + ": expected a table of models, names of columns first, found an empty file");
  }
}
