package dev.berth.invocation.bus;

/// Where what is posted. The version is part of each address, so processes that do not understand
/// each other never meet.
final class Addresses {

  /// Workers say here that they are there.
  static final String WORKERS = "berth.workers.v" + WireFormat.VERSION;

  /// Those who post calls ask here who is there.
  static final String QUESTIONS = "berth.questions.v" + WireFormat.VERSION;

  /// What is told of workers besides that they are there.
  static final String NEWS = "berth.news.v" + WireFormat.VERSION;

  private Addresses() {}

  /// Where one worker takes invocations.
  static String of(String worker) {
    return "berth.invocation.v" + WireFormat.VERSION + "." + worker;
  }
}
