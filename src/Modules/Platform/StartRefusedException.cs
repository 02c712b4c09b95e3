namespace Platform;

/// <summary>The process does not start: a setting is missing or wrong (PL-08.4). The message is one sentence that says what to do.</summary>
public sealed class StartRefusedException(string whatToDo) : Exception(whatToDo);
