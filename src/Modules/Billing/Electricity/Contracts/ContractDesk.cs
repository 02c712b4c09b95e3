using System.Globalization;
using Billing.Electricity.Merchants;
using Billing.Electricity.PayerAccounts;

namespace Billing.Electricity.Contracts;

/// <summary>Checks and books that steps with contracts share.</summary>
internal sealed class ContractDesk(AppDb db, BranchTree tree, IPayerAccounts accounts, RequestContext request)
{
    /// <summary>The account must exist, be usable, bear the holder's name and certificate, and be the union's.</summary>
    public async Task<Outcome<PayerAccountView>> Account(
        AccountingUnit unit,
        string number,
        string holder,
        string certificate,
        CancellationToken ct
    )
    {
        if (await accounts.Find(number, ct) is not { } account)
        {
            return new PayerAccountUnknown();
        }

        return account.State != PayerAccountState.Usable ? new PayerAccountNotUsable(account.State)
            : account.Holder != holder || account.CertificateNumber != certificate ? new PayerAccountOfOther()
            : await tree.IsSameOrSuperior(unit.UnionId, account.BranchId, ct) ? account
            : new AccountOutsideUnion();
    }

    /// <summary>The contract with this agreement and certificate, at its signing branch.</summary>
    public async Task<Outcome<(DebitContract Contract, AccountingUnit Unit)>> Find(
        string agreement,
        string certificate,
        CancellationToken ct
    )
    {
        var branch = request.Caller.BranchId;
        var contract = await db.Set<DebitContract>()
            .AsNoTracking()
            .SingleOrDefaultAsync(c => c.AgreementNumber == agreement && c.BranchId == branch && c.CertificateNumber == certificate, ct);
        return contract is null
            ? new ContractUnknown()
            : (contract, await db.Set<AccountingUnit>().AsNoTracking().SingleAsync(u => u.Id == contract.UnitId, ct));
    }

    public static Booking<DebitContractResponse> Booking(Actor actor, string zh, string action, DebitContract shown, AccountingUnit unit)
    {
        var id = Ids.Next();
        return new Booking<DebitContractResponse>(
            id,
            actor,
            new AuditNote(action, $"debit-contract:{shown.Id}"),
            p => Answer.Created($"/v1/transactions/{p.SerialNumber}", DebitContractResponse.Of(shown, unit.Code, p.SerialNumber))
        ).WithHead(
            new Transaction(id, ElectricityTransactions.Contract, actor)
            {
                Details = shown.Id.ToString(CultureInfo.InvariantCulture),
                ReferenceNumber = shown.AgreementNumber,
                Remark = zh,
            }
        );
    }
}
