using Billing.Electricity.Days;
using Billing.Electricity.Files;
using Billing.Electricity.Merchants;
using Billing.Electricity.Quotes;

namespace Billing.Electricity.Debits;

/// <summary>Takes a file into the books; the check runs in the background.</summary>
internal sealed class DebitFileIntake(AppDb db, BranchTree tree, Admissions admissions, WorkDates workDates, TimeProvider clock)
{
    public async Task<Outcome<Booking<DebitFileResponse>>> Take(string name, Stream content, long length, Actor actor, CancellationToken ct)
    {
        if (ElectricityFileName.Parse(name) is not { Kind: ElectricityFileKind.DebitRequest } parsed)
        {
            return new DebitFileNameInvalid();
        }

        if (length == 0)
        {
            return new DebitFileEmpty();
        }

        var unit = await db.Set<AccountingUnit>().SingleOrDefaultAsync(u => u.Code == parsed.Unit && u.MerchantCode == parsed.Merchant, ct);
        if (unit is null)
        {
            return new UnitUnknown();
        }

        if (!await tree.IsSameOrSuperior(unit.UnionId, actor.BranchId, ct))
        {
            return new UnitNotServed();
        }

        if (await admissions.Refuse(unit, BusinessMode.Batch, ct) is { } closed)
        {
            return closed;
        }

        if (await workDates.Open(ct) is not { } day)
        {
            return new WorkDateNotOpen();
        }

        if (await db.Set<DebitFile>().AnyAsync(f => f.BatchKey == parsed.Text, ct))
        {
            return new DebitFileKnown();
        }

        var now = clock.GetUtcNow().UtcDateTime;
        var file = new DebitFile
        {
            Id = Ids.Next(),
            UnitId = unit.Id,
            UnitCode = unit.Code,
            Name = parsed.Text,
            BatchKey = parsed.Text,
            Date = parsed.Date,
            WorkDate = day.Date,
            BranchId = actor.BranchId,
            OperatorId = actor.OperatorId,
            ReceivedAt = now,
            NextRunAt = now,
            LeasedUntil = now,
        };
        var booking = new Booking<DebitFileResponse>(
            file.Id,
            actor,
            new AuditNote("submit-debit-file", $"debit-file:{file.Id}", new { file.Name }),
            _ => Answer.Accepted(DebitFileResponse.Location(file), DebitFileResponse.Of(file))
        )
            .Insert(file)
            .IfDuplicate(DebitFile.BatchIndex, new DebitFileKnown());
        var buffer = new byte[DebitFilePart.MostBytes];
        for (var number = 0; ; number++)
        {
            var read = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
            if (read == 0)
            {
                return booking;
            }

            booking.Insert(
                new DebitFilePart
                {
                    FileId = file.Id,
                    Number = number,
                    Bytes = buffer[..read],
                }
            );
        }
    }
}
