package dev.berth.identity;

/// What an [Answer] carries when there is nothing to say but that it was done.
public enum Done {
  DONE
}
