namespace Platform.Documents;

/// <summary>A field of a document; without a value it is left out.</summary>
/// <param name="Class">How the value looks: <c>figures</c>, <c>red</c>, <c>remark</c>.</param>
public sealed record PaperField(string Zh, string En, string? Value, string? Class = "figures");
