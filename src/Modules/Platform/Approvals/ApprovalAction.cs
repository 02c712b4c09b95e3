using Platform.Languages;
using Platform.Requests;

namespace Platform.Approvals;

/// <summary>Something that a second operator approves: a stable name, and the words the approver reads (PL-02.6).</summary>
public sealed record ApprovalAction(string Name, string En, string Zh);

/// <summary>One thing the approver must know, in both languages; the value is the same in both unless a Chinese one is given.</summary>
public sealed record ApprovalFact(string En, string Zh, string Value, string? ValueZh = null)
{
    public static ApprovalFact Yuan(string en, string zh, long fen) => new(en, zh, Figures.Yuan(fen));
}

/// <summary>What a request for approval is about, as the slice that asks knows it.</summary>
public sealed record ApprovalSubject
{
    public static readonly ApprovalSubject Unknown = new();

    public string? CustomerCode { get; init; }

    public string? CustomerName { get; init; }

    public string? CardNumber { get; init; }

    /// <summary>Fen.</summary>
    public long? Amount { get; init; }

    /// <summary>Further facts, the most important first.</summary>
    public IReadOnlyList<ApprovalFact> Facts { get; init; } = [];

    /// <summary>Rights that the approver must have beside <c>approve</c>.</summary>
    public IReadOnlyCollection<string> RightsOfApprover { get; init; } = [];
}
