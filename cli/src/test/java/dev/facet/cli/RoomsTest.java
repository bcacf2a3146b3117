package dev.facet.cli;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The table of rooms in docs/architecture.md, enforced; {@code bench} may use all, {@code spark}
 * may use prepare, loader and augment, and none may use them: their classes are not even on the
 * class path here.
 */
final class RoomsTest {
  private static final String ROOT = "dev.facet.";

  /** Each room and the rooms it may use, {@code base} aside, which all may. */
  private static final Map<String, List<String>> MAY_USE = new LinkedHashMap<>();

  static {
    MAY_USE.put("base", List.of());
    MAY_USE.put("augment", List.of());
    MAY_USE.put("loader", List.of("augment"));
    MAY_USE.put("model", List.of());
    MAY_USE.put("eval", List.of("loader", "model"));
    MAY_USE.put("train", List.of("loader", "model", "eval"));
    MAY_USE.put("prepare", List.of("loader", "augment"));
    MAY_USE.put("cli", List.of("augment", "loader", "model", "eval", "train", "prepare"));
  }

  /** Libraries, and the only rooms that touch them. */
  private static final Map<String, List<String>> LIBRARIES =
      Map.of(
          "ai.djl", List.of("model", "train"),
          "org.apache.parquet", List.of("loader"),
          "picocli", List.of("cli"),
          "org.snakeyaml", List.of("cli"),
          "org.bytedeco", List.of("augment", "loader"),
          "org.jsoup", List.of("base"));

  /** What is used from outside: by {@code bench}, {@code spark}, the launcher and tests. */
  private static final Set<String> ENTRANCES =
      Set.of(
          ROOT + "loader.order.Permutation",
          ROOT + "cli.Main",
          ROOT + "prepare.part.LaneMaker",
          ROOT + "prepare.part.PartWriter",
          ROOT + "prepare.plan.LaneDealer",
          ROOT + "prepare.plan.Lanes",
          ROOT + "model.siglip.SiglipConfig");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.facet");

  static Set<String> rooms() {
    return new TreeSet<>(MAY_USE.keySet());
  }

  static Set<String> libraries() {
    return new TreeSet<>(LIBRARIES.keySet());
  }

  @Test
  void everyClassLivesInARoom() {
    assertThat(CLASSES)
        .extracting(JavaClass::getPackageName)
        .allSatisfy(
            name ->
                assertThat(MAY_USE)
                    .containsKey(name.substring(ROOT.length()).replaceAll("\\..*", "")));
    assertThat(CLASSES)
        .extracting(JavaClass::getPackageName)
        .contains(ROOT + "cli", ROOT + "loader");
  }

  /** They name its classes and settings; {@code JsonProblem} says the same in plain words. */
  @Test
  void messagesOfTheJsonParserAreForNobodysEyes() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("dev.facet.base.JsonProblem")
        .should()
        .callMethodWhere(
            describe(
                "the message of an exception of Jackson's is asked for",
                call ->
                    call.getTargetOwner().getPackageName().startsWith("com.fasterxml.jackson")
                        && call.getTargetOwner().isAssignableTo(Throwable.class)
                        && call.getName().matches("get.*Message|toString")))
        .check(CLASSES);
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void aRoomUsesOnlyTheRoomsItMay(String room) {
    String[] forbidden =
        MAY_USE.keySet().stream()
            .filter(other -> !other.equals(room) && !other.equals("base"))
            .filter(other -> !MAY_USE.getOrDefault(room, List.of()).contains(other))
            .map(other -> ROOT + other + "..")
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(ROOT + room + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(forbidden)
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void aLibraryIsTouchedByItsRoomsAlone(String library) {
    String[] allowed =
        LIBRARIES.getOrDefault(library, List.of()).stream()
            .map(room -> ROOT + room + "..")
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideOutsideOfPackages(allowed)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library + "..")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void nobodyOutsideTheModelSeesTheFusedOperations() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "model..")
        .should()
        .dependOnClassesThat()
        .haveNameMatching("dev\\.facet\\.model\\.ops\\.\\w*Ops")
        .check(CLASSES);
  }

  @Test
  void roomsHaveNoCycles() {
    slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  /** The package that bears the module's name is one of them. */
  @ParameterizedTest
  @MethodSource("rooms")
  void thePackagesOfAModuleHaveNoCycles(String module) {
    slices().assignedFrom(packagesOf(module)).should().beFreeOfCycles().check(CLASSES);
  }

  /** What a config lists is found through its sealed interface, which is used. */
  @ParameterizedTest
  @MethodSource("rooms")
  void whatNoOtherPackageUsesIsNotPublic(String module) {
    Set<String> used =
        CLASSES.stream()
            .flatMap(user -> user.getDirectDependenciesFromSelf().stream())
            .filter(use -> !packageOf(use.getOriginClass()).equals(packageOf(use.getTargetClass())))
            .map(use -> topLevel(use.getTargetClass()).getName())
            .collect(Collectors.toSet());
    used.addAll(shown());
    assertThat(CLASSES)
        .filteredOn(type -> (packageOf(type) + ".").startsWith(ROOT + module + "."))
        .filteredOn(type -> type.isTopLevelClass() && type.getModifiers().contains(PUBLIC))
        .filteredOn(type -> type.getRawInterfaces().stream().noneMatch(i -> i.reflect().isSealed()))
        .extracting(JavaClass::getName)
        .filteredOn(name -> !used.contains(name) && !ENTRANCES.contains(name))
        .isEmpty();
  }

  /** What public members of public types take and return, also inside of lists and maps. */
  private static Set<String> shown() {
    return CLASSES.stream()
        .filter(type -> type.getModifiers().contains(PUBLIC))
        .flatMap(type -> type.getCodeUnits().stream())
        .filter(member -> member.getModifiers().contains(PUBLIC))
        .flatMap(
            member ->
                member.getAllInvolvedRawTypes().stream()
                    .map(RoomsTest::topLevel)
                    .filter(shown -> !shown.equals(topLevel(member.getOwner()))))
        .map(JavaClass::getName)
        .collect(Collectors.toSet());
  }

  private static String packageOf(JavaClass type) {
    return type.getPackageName();
  }

  private static JavaClass topLevel(JavaClass type) {
    return type.getEnclosingClass().map(RoomsTest::topLevel).orElse(type);
  }

  private static SliceAssignment packagesOf(String module) {
    return new SliceAssignment() {
      @Override
      public SliceIdentifier getIdentifierOf(JavaClass type) {
        String name = type.getPackageName();
        return (name + ".").startsWith(ROOT + module + ".")
            ? SliceIdentifier.of(name)
            : SliceIdentifier.ignore();
      }

      @Override
      public String getDescription() {
        return "packages of " + module;
      }
    };
  }
}
