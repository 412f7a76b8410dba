package dev.berth.invocation.bus;

/// Where what is posted. All versions of [WireFormat] that follow one another without a break use
/// the same addresses; those of another generation never meet.
final class Addresses {

  /// Raise it only when no version of the one before can be understood any more.
  static final int GENERATION = 3;

  /// Workers say here that they are there.
  static final String WORKERS = "berth.workers.v" + GENERATION;

  /// Those who post calls ask here who is there.
  static final String QUESTIONS = "berth.questions.v" + GENERATION;

  /// What is told of workers besides that they are there.
  static final String NEWS = "berth.news.v" + GENERATION;

  private Addresses() {}

  /// Where one worker takes invocations.
  static String of(String worker) {
    return "berth.invocation.v" + GENERATION + "." + worker;
  }
}
