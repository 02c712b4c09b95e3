using System.Globalization;
using Billing.TopUps.Carriers;
using Billing.TopUps.Pins;
using Billing.TopUps.Sales;

namespace Billing.TopUps.Documents;

/// <summary>What stands on a paper of this business.</summary>
/// <param name="Head">Branch, operator, approver.</param>
/// <param name="Amount">Fen.</param>
/// <param name="Fields">The fields, two in a row.</param>
/// <param name="Back">The money went back.</param>
/// <param name="Stamp">申请失败 and such; null on an ordinary paper.</param>
/// <param name="Note">A sentence at the foot; null without one.</param>
public sealed record TopUpPaperData(
    DocumentHead Head,
    long Amount,
    IReadOnlyList<PaperField> Fields,
    bool Back = false,
    DocumentMark? Stamp = null,
    string? Note = null
) : DocumentData(Head, Amount);

/// <summary>The papers of top-ups: receipt, return slip, PIN receipt.</summary>
internal static class TopUpPapers
{
    public const string Receipt = "top-up-receipt";
    public const string Return = "top-up-return-slip";
    public const string PinReceipt = "top-up-pin-receipt";

    public static readonly IReadOnlyList<DocumentKind> All =
    [
        Kind(Receipt, "移动充值小票", "Top-up receipt", LoadReceipt),
        Kind(Return, "移动充值退货单", "Top-up return slip", LoadReturn),
        Kind(PinReceipt, "离线充值小票", "Offline top-up receipt", LoadPin),
    ];

    private static DocumentKind Kind(string name, string zh, string en, DocumentLoader load) =>
        new(name, zh, en, Paper.Slip, typeof(TopUpPaper), load);

    private static async Task<DocumentData?> LoadReceipt(DocumentRequest request, CancellationToken ct)
    {
        var (db, transaction, _) = request;
        var id = transaction.Id;
        var topUp = await db.Set<TopUp>().SingleAsync(t => t.Id == id, ct);
        return new TopUpPaperData(
            await db.DocumentHead(transaction, ct),
            topUp.Amount,
            await Fields(db, topUp, ct),
            Stamp: topUp.State == TopUpState.Failed ? new DocumentMark("申请失败", "Failed") : null,
            Note: "半小时内未收到充值成功短信的，请凭本小票到总服务台查询。"
        );
    }

    private static async Task<DocumentData?> LoadReturn(DocumentRequest request, CancellationToken ct)
    {
        var (db, transaction, _) = request;
        var id = transaction.Id;
        var topUp = await db.Set<TopUp>().SingleOrDefaultAsync(t => t.RefundId == id, ct);
        return topUp is null
            ? null
            : new TopUpPaperData(
                await db.DocumentHead(transaction, ct),
                topUp.Amount,
                await Fields(db, topUp, ct),
                Back: true,
                Note: "本单仅限退款一次，请连同充值小票一并收回。"
            );
    }

    private static async Task<DocumentData?> LoadPin(DocumentRequest request, CancellationToken ct)
    {
        var (db, transaction, _) = request;
        var id = transaction.Id;
        var pin = await db.Set<TopUpPin>().SingleOrDefaultAsync(p => p.SaleId == id, ct);
        return pin is null
            ? null
            : new TopUpPaperData(
                await db.DocumentHead(transaction, ct),
                pin.FaceValue,
                [
                    new("运营商", "Carrier", await Carrier(db, pin.CarrierId, ct), ""),
                    new("卡序列号", "PIN serial", pin.Serial),
                    new("有效期至", "Expires on", Figures.Date(pin.ExpiresOn)),
                    new("收银台", "Till", pin.TillNumber),
                    new("小票号", "Receipt", pin.ReceiptNumber?.ToString(CultureInfo.InvariantCulture)),
                ],
                Note: "充值密码另行打印，仅显示一次，请妥善保管。"
            );
    }

    private static async Task<List<PaperField>> Fields(AppDb db, TopUp topUp, CancellationToken ct) =>
        [
            new("类型", "Kind", topUp.Kind == TopUpKind.Online ? "在线充值" : "找零充值", ""),
            new("运营商", "Carrier", await Carrier(db, topUp.CreditedById == 0 ? topUp.CarrierId : topUp.CreditedById, ct), ""),
            new("手机号码", "Phone", Mask.Phone(topUp.Phone)),
            new("充值流水号", "Serial number", topUp.SerialNumber),
            new("收银台", "Till", topUp.TillNumber),
            new("小票号", "Receipt", topUp.ReceiptNumber.ToString(CultureInfo.InvariantCulture)),
            new("小票日期", "Receipt date", Figures.Date(topUp.ReceiptDate)),
            new("充值状态", "State", TopUpStates.Zh(topUp.State), ""),
            new("运营商流水号", "Carrier's number", topUp.CarrierSerial),
        ];

    private static async Task<string> Carrier(AppDb db, long id, CancellationToken ct)
    {
        var carrier = await db.Set<TopUpCarrier>().SingleAsync(c => c.Id == id, ct);
        return carrier.Name;
    }
}
