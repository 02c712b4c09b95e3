using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Platform.Approvals;
using Platform.Languages;

namespace Access.Approvals;

/// <summary>A fact about an approval request, in the language of the request.</summary>
/// <param name="Name">The name of the fact. <example>Card fee</example></param>
/// <param name="Value">The value. Money is in yuan with two decimals. <example>15.00 (set: 20.00)</example></param>
public sealed record ApprovalRequestFact(string Name, string Value);

/// <summary>A field of the request body.</summary>
/// <param name="Name">The field. <example>fees.cardFee</example></param>
/// <param name="Value">The value. Personal data is masked, and passwords are not shown. <example>1500</example></param>
public sealed record ApprovalRequestField(string Name, string Value);

/// <summary>An approval request, in words.</summary>
/// <param name="Id">The request's id. <example>126437891174400000</example></param>
/// <param name="State">The state of the approval request.</param>
/// <param name="Action">The action to approve; a stable name. <example>void-collection</example></param>
/// <param name="Title">The action in words. <example>Void a collection</example></param>
/// <param name="Words">One sentence for the approver: action, amount, card, customer, requester.
/// <example>Void a collection: 500.00 yuan, card 1000110000000013, customer 王小明 (1000000016). Asked by 王芳 (wang.fang).</example></param>
/// <param name="BranchCode">The branch of the requester. The approver must belong to this branch. <example>10100001</example></param>
/// <param name="RequesterLogin">The requester's login. <example>wang.fang</example></param>
/// <param name="RequesterName">The requester's name. <example>王芳</example></param>
/// <param name="CustomerCode">The customer code; null if no customer is concerned. <example>1000000016</example></param>
/// <param name="CustomerName">The customer's name. <example>王小明</example></param>
/// <param name="CardNumber">The card number; null if no card is concerned. <example>1000110000000013</example></param>
/// <param name="Amount">The amount in fen; null if no money is concerned. <example>50000</example></param>
/// <param name="Facts">Further facts, the most important first.</param>
/// <param name="Fields">The request's body, field by field.</param>
/// <param name="Target">The request's method and address. <example>POST /v1/transactions/00030150224112025607/void</example></param>
/// <param name="MayDecide">Whether you may approve or refuse it at your own desk.</param>
/// <param name="AskedAt">When, UTC.</param>
/// <param name="ExpiresAt">When the approval request expires, UTC.</param>
/// <param name="ApproverLogin">The login of the operator who decided. <example>li.na</example></param>
/// <param name="ApproverName">The approver's name. <example>李娜</example></param>
/// <param name="Reason">The reason for the refusal. <example>The customer must be present.</example></param>
/// <param name="ApprovalToken">The one-time token, after an approver approved at another desk. Only the requester sees it.</param>
/// <param name="TokenExpiresAt">When the token expires, UTC.</param>
public sealed record ApprovalRequestItem(
    string Id,
    ApprovalRequestState State,
    string Action,
    string Title,
    string Words,
    string BranchCode,
    string RequesterLogin,
    string RequesterName,
    string? CustomerCode,
    string? CustomerName,
    string? CardNumber,
    long? Amount,
    IReadOnlyList<ApprovalRequestFact> Facts,
    IReadOnlyList<ApprovalRequestField> Fields,
    string Target,
    bool MayDecide,
    DateTime AskedAt,
    DateTime ExpiresAt,
    string? ApproverLogin,
    string? ApproverName,
    string? Reason,
    string? ApprovalToken,
    DateTime? TokenExpiresAt
);

/// <summary>A request for approval with the people concerned, as read.</summary>
internal sealed record AskedApproval(ApprovalRequest Request, Operator Requester, string BranchCode, Operator? Approver)
{
    /// <summary>These requests, oldest first.</summary>
    public static IQueryable<AskedApproval> Of(AppDb db, IQueryable<ApprovalRequest> requests) =>
        from request in requests
        join requester in db.Set<Operator>() on request.RequesterId equals requester.Id
        join branch in db.Set<Branch>() on request.BranchId equals branch.Id
        from approver in db.Set<Operator>().Where(o => o.Id == request.ApproverId).DefaultIfEmpty()
        orderby request.Id
        select new AskedApproval(request, requester, branch.Code, approver);

    public static Task<AskedApproval?> Find(AppDb db, long? id, CancellationToken ct) =>
        Of(db, db.Set<ApprovalRequest>().Where(r => r.Id == id)).SingleOrDefaultAsync(ct);

    /// <summary>May this operator approve or refuse it: another one of the branch, with the right and the rights concerned (PL-02.3)?</summary>
    public bool MayBeDecidedBy(Caller caller) =>
        caller.BranchId == Request.BranchId
        && caller.OperatorId != Request.RequesterId
        && caller.Has(AccessRights.Approve)
        && Request.RightsOfApprover.All(caller.Rights.Contains);

    public Refusal? RefuseNow(DateTime now) =>
        Request.State != ApprovalRequestState.Waiting ? new ApprovalRequestDecided(Request.State)
        : Request.ExpiresAt <= now ? new ApprovalRequestExpired()
        : null;

    public ApprovalRequestItem Item(Caller caller, DateTime now)
    {
        var r = Request;
        var over = r.State == ApprovalRequestState.Waiting && r.ExpiresAt <= now;
        var token = caller.OperatorId == r.RequesterId && r.TokenExpiresAt > now ? r.Token : null;
        return new ApprovalRequestItem(
            IdText.Of(r.Id),
            over ? ApprovalRequestState.Expired : r.State,
            r.Action,
            Title,
            Words,
            BranchCode,
            Requester.Login,
            Requester.Name,
            r.CustomerCode,
            r.CustomerName,
            r.CardNumber,
            r.Amount,
            [.. Read<ApprovalFact>(r.Facts).Select(Shown)],
            [.. Read<RequestField>(r.Fields).Select(f => new ApprovalRequestField(f.Name, f.Value))],
            r.Target,
            RefuseNow(now) is null && MayBeDecidedBy(caller),
            r.AskedAt,
            r.ExpiresAt,
            Approver?.Login,
            Approver?.Name,
            r.Reason,
            token,
            token is null ? null : r.TokenExpiresAt
        );
    }

    private string Title => Language.IsChinese ? Request.TitleZh : Request.TitleEn;

    private string Words
    {
        get
        {
            var (r, zh) = (Request, Language.IsChinese);
            string?[] about =
            [
                r.Amount is { } fen ? $"{Figures.Yuan(fen)} {(zh ? "元" : "yuan")}" : null,
                r.CardNumber is { } card ? $"{(zh ? "卡号" : "card")} {card}" : null,
                r.CustomerName is { } name ? $"{(zh ? "客户" : "customer")} {name}{Code(r.CustomerCode, zh)}" : null,
            ];
            var known = about.OfType<string>().ToList();
            var what = known.Count == 0 ? Title : $"{Title}{(zh ? "：" : ": ")}{string.Join(zh ? "，" : ", ", known)}";
            return zh
                ? $"{what}。申请人 {Requester.Name}（{Requester.Login}）。"
                : $"{what}. Asked by {Requester.Name} ({Requester.Login}).";
        }
    }

    private static string Code(string? code, bool zh) =>
        code is null ? ""
        : zh ? $"（{code}）"
        : $" ({code})";

    private static ApprovalRequestFact Shown(ApprovalFact fact) =>
        Language.IsChinese ? new(fact.Zh, fact.ValueZh ?? fact.Value) : new(fact.En, fact.Value);

    private static List<T> Read<T>(string json) => JsonSerializer.Deserialize<List<T>>(json, Json.Options)!;
}
