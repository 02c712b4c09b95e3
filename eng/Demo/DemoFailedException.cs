namespace Demo;

/// <summary>Something did not answer as expected; the message says what was asked, and what came.</summary>
internal sealed class DemoFailedException(string whatHappened) : Exception(whatHappened);
