package dev.berth.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBusOptions;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;

/// What every reviewer would otherwise have to look for, checked on the compiled classes of all
/// roles. There is no list of tolerated violations.
@AnalyzeClasses(packages = "dev.berth", importOptions = ImportOption.DoNotIncludeTests.class)
final class HouseRulesTest {

  /// A little under the real number. Raise it as the code grows: every other rule here also holds
  /// for a scan that saw nothing.
  private static final int CLASSES_AT_LEAST = 560;

  private static final String[] STANDALONE = {"dev.berth.launcher..", "dev.berth.cli.."};

  @ArchTest
  static void theScanSawTheWholeHouse(JavaClasses classes) {
    assertThat(classes).hasSizeGreaterThanOrEqualTo(CLASSES_AT_LEAST);
  }

  /// Stricter than per module: a package and the packages below it count as different ones.
  @ArchTest
  static final ArchRule packagesFormNoCycles =
      slices().matching("dev.berth.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule gatewayWorkerAndControlPlaneNeverImportOneAnother =
      slices()
          .assignedFrom(new Processes())
          .namingSlices("$1")
          .should()
          .notDependOnEachOther()
          .because("each is a process of its own in production, and they meet in contracts");

  @ArchTest
  static final ArchRule onlyTheLauncherKnowsTheRoles =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.berth.appmodel..",
              "dev.berth.catalog..",
              "dev.berth.ejson..",
              "dev.berth.identity..",
              "dev.berth.invocation..",
              "dev.berth.rules..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.berth.gateway..",
              "dev.berth.worker..",
              "dev.berth.jsruntime..",
              "dev.berth.controlplane..",
              "dev.berth.launcher..")
          .because("contracts are leaves");

  @ArchTest
  static final ArchRule nobodyImportsTheLauncher =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.berth.launcher..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.berth.launcher..");

  @ArchTest
  static final ArchRule onlyTheBusTwinsTouchTheEventBus =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.berth.invocation.bus..", "dev.berth.catalog.bus..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.vertx.core.eventbus..")
                  // Where a process listens is no conversation.
                  .and(not(type(EventBusOptions.class))))
          .orShould()
          .callMethodWhere(called(Vertx.class, "eventBus"))
          .because("addresses, codecs and wire versions are known in one place per conversation");

  @ArchTest
  static final ArchRule onlyTheJsRuntimeTouchesTheEngine =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.berth.jsruntime..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.graalvm..", "com.oracle.truffle..", "com.oracle.js..")
          .because("the walls around app code are put up, and can be reviewed, in one module");

  @ArchTest
  static final ArchRule rulesEjsonAndAppModelTouchNeitherVertxNorADatabaseDriver =
      noClasses()
          .that()
          .resideInAnyPackage("dev.berth.rules..", "dev.berth.ejson..", "dev.berth.appmodel..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.vertx..", "com.mongodb..");

  @ArchTest
  static final ArchRule onlyTheCommandsUseStandardStreams =
      noClasses().that().resideOutsideOfPackages(STANDALONE).should(ACCESS_STANDARD_STREAMS);

  @ArchTest
  static final ArchRule onlyTheCommandsEndTheProcess =
      noClasses()
          .that()
          .resideOutsideOfPackages(STANDALONE)
          .should()
          .callMethodWhere(called(System.class, "exit"))
          .orShould()
          .callMethodWhere(called(Runtime.class, "exit"))
          .orShould()
          .callMethodWhere(called(Runtime.class, "halt"));

  @ArchTest
  static final ArchRule onlyTheWatchdogSleeps =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("dev.berth.jsruntime.Watchdog")
          .should()
          .callMethodWhere(called(Thread.class, "sleep"))
          .orShould()
          .callMethodWhere(called(TimeUnit.class, "sleep"))
          .because("whoever waits for something waits for that, not for a while");

  @ArchTest
  static final ArchRule nobodyLogsThroughTheJdk =
      noClasses()
          .that()
          // It keeps a library from doing so.
          .doNotHaveFullyQualifiedName("dev.berth.launcher.tracing.QuietLibrary")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.util.logging..", "io.vertx.core.internal.logging..");

  @ArchTest
  static final ArchRule noNameHidesAMissingNoun =
      noClasses().should().haveNameMatching(".*(Util|Utils|Manager|Helper|Impl)");

  @ArchTest
  static final ArchRule everyPackageIsNullMarked =
      classes()
          .should(
              new ArchCondition<>("be in a package whose package-info is @NullMarked") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                  boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                  String message = type.getFullName() + " is in a package that is not null-marked";
                  events.add(new SimpleConditionEvent(type, marked, message));
                }
              });

  /// The method of a type, or of what implements it, whatever the parameters.
  private static DescribedPredicate<JavaMethodCall> called(Class<?> type, String method) {
    return describe(
        "calls of " + type.getSimpleName() + "." + method,
        call ->
            call.getTarget().getName().equals(method)
                && call.getTargetOwner().isAssignableTo(type));
  }
}
