using Access.Branches;
using Access.SystemParameters;
using Funding.BatchRecharges.Files;
using Microsoft.EntityFrameworkCore;
using Platform.Tables;

namespace Funding.BatchRecharges.Checking;

/// <summary>
/// Checks a submitted file line by line (FC-20.2). Lines and progress are written together, in bookings under the list's version: a process that was
/// thought dead and goes on loses at its next booking, and whoever took over begins anew.
/// </summary>
internal sealed class RechargeListCheck(AppDb db, Books books, Parameters parameters, RechargeListLeases leases, TimeProvider clock)
{
    /// <summary>So often a check is begun; a file that breaks every try is rejected, and not tried for ever.</summary>
    private const int MostTries = 20;

    private RechargeList _list = null!;
    private Task<BookingResult>? _writing;

    public async Task Run(RechargeListJob job, CancellationToken ct)
    {
        _list = await db.Set<RechargeList>().SingleAsync(l => l.Id == job.ListId, ct);
        if (_list.State != RechargeListState.Checking)
        {
            await leases.Done(job, 0, 0, ct);
            return;
        }

        await Begin(ct);
        var totals = new ListTotals(await parameters.Number(FundingParameters.RechargeListCardTwice, _list.BranchId, ct) == 1);
        if (_list.CheckTries > MostTries)
        {
            await End(job, totals, LineReason.CheckFailed, null, null);
            return;
        }

        await using var file = await RechargeListContent.Spool(db, _list, ct);
        TableFault? fault = null;
        RechargeListFile? reader = null;
        try
        {
            reader = RechargeListFile.Open(file, _list.Format);
            _list.Layout = reader.Layout.ToString();
            await CheckLines(reader, file, totals, job, ct);
        }
        catch (TableRefusedException e)
        {
            fault = e.Fault;
        }

        await Written();
        var whole = fault is null ? totals.Whole(reader!.Trailer) : LineReason.Of(fault);
        await End(job, totals, whole, fault, reader?.Trailer);
    }

    /// <summary>Takes the list for itself, and drops what an earlier try has left.</summary>
    private async Task Begin(CancellationToken ct)
    {
        _list.CheckTries++;
        _list.CheckStartedAt = clock.GetUtcNow().UtcDateTime;
        (_list.Lines, _list.CheckedPercent, _list.BadLines, _list.Amount) = (0, 0, 0, 0);
        await Write(NewBooking("begin").Update(_list));
        await Written();
        await db.Set<ListedRecharge>().Where(l => l.ListId == _list.Id).ExecuteDeleteAsync(ct);
    }

    private async Task CheckLines(RechargeListFile reader, Stream file, ListTotals totals, RechargeListJob job, CancellationToken ct)
    {
        var day = await db.Set<BranchDay>().SingleOrDefaultAsync(d => d.BranchId == _list.BranchId, ct);
        var today = day?.BusinessDate ?? ChinaCalendar.Today(clock);
        using var unread = reader.Lines().GetEnumerator();
        TableRefusedException? refused = null;
        while (refused is null)
        {
            ct.ThrowIfCancellationRequested();
            (var lines, refused) = Next(unread);
            if (lines.Count == 0)
            {
                break;
            }

            var rows = await Check(lines, totals, today, ct);
            await Written();
            (_list.Lines, _list.BadLines, _list.Amount, _list.LastLine) = (totals.Lines, totals.Bad, totals.Amount, totals.LastLine);
            _list.CheckedPercent = Math.Max(_list.CheckedPercent, (int)Math.Min(99, file.Position * 100 / Math.Max(1, file.Length)));
            var booking = NewBooking("lines").Update(_list);
            rows.ForEach(r => booking.Insert(r));

            // The next lines are read and looked up while these are written.
            await Write(booking);
            await leases.Renew(job, ct);
        }

        if (refused is not null)
        {
            throw refused;
        }
    }

    /// <summary>The next lines. A file that cannot be read on is refused after the lines before that place were checked.</summary>
    private static (List<RechargeListLine> Lines, TableRefusedException? Refused) Next(IEnumerator<RechargeListLine> unread)
    {
        var lines = new List<RechargeListLine>(RechargeCards.AtOnce);
        try
        {
            while (lines.Count < RechargeCards.AtOnce && unread.MoveNext())
            {
                lines.Add(unread.Current);
            }

            return (lines, null);
        }
        catch (TableRefusedException e)
        {
            return (lines, e);
        }
    }

    private async Task<List<ListedRecharge>> Check(List<RechargeListLine> lines, ListTotals totals, DateOnly today, CancellationToken ct)
    {
        var numbers = lines.Select(l => l.CardNumber).Where(LineCheck.IsNumber).Distinct().ToArray();
        var cards = await RechargeCards.ByNumber(db, numbers, ct);
        var rows = new List<ListedRecharge>(lines.Count);
        foreach (var line in lines)
        {
            var reason = totals.Add(line, LineCheck.Alone(line, out var fen), fen);
            var card = cards.GetValueOrDefault(line.CardNumber);
            if (reason is null && RechargeCard.Refuse(card, today) is { } refusal)
            {
                reason = LineReason.Of(refusal);
            }

            if (reason is not null)
            {
                totals.CountBad();
            }

            rows.Add(Row(line, fen, card, reason));
        }

        return rows;
    }

    private ListedRecharge Row(RechargeListLine line, long fen, RechargeCard? card, LineReason? reason) =>
        new()
        {
            ListId = _list.Id,
            Number = line.Line,
            CardNumber = Kept(line.CardNumber, ListedRecharge.CardNumberLength) ?? "",
            Amount = fen,
            AmountText = fen > 0 ? null : Kept(line.Amount, ListedRecharge.AmountTextLength),
            HolderName = Kept(line.HolderName, ListedRecharge.HolderNameLength),
            Remark = Kept(line.Remark, ListedRecharge.RemarkLength),
            CardId = card?.CardId,
            ReasonCode = reason?.Code,
            ReasonEn = reason?.En,
            ReasonZh = reason?.Zh,
        };

    /// <summary>A text as a row can keep it: not too long, and without what no database or page should get.</summary>
    private static string? Kept(string? text, int most)
    {
        if (text is null)
        {
            return null;
        }

        var clean = text.Any(char.IsControl) ? new string([.. text.Select(c => char.IsControl(c) ? ' ' : c)]) : text;
        return clean.Length <= most ? clean : clean[..most];
    }

    private async Task End(RechargeListJob job, ListTotals totals, LineReason? whole, TableFault? fault, RechargeListTrailer? trailer)
    {
        _list.CheckedPercent = 100;
        _list.CheckedAt = clock.GetUtcNow().UtcDateTime;
        if (whole is not null)
        {
            (_list.FaultCode, _list.FaultEn, _list.FaultZh) = (whole.Code, whole.En, whole.Zh);
            _list.FaultLine = fault is null ? trailer?.Line : fault.Line;
        }

        _list.State = whole is null && totals.Bad == 0 ? RechargeListState.Submitted : RechargeListState.Rejected;
        if (_list.State == RechargeListState.Rejected)
        {
            _list.ContentKey = null;
        }

        await Write(NewBooking(_list.State == RechargeListState.Rejected ? "rejected" : "submitted").Update(_list).Delete(job));
        await Written();
    }

    private SilentBooking NewBooking(string step) =>
        new SilentBooking(
            Ids.Next(),
            new Actor(_list.BranchId, _list.OperatorId),
            new AuditNote(
                "check-recharge-list",
                $"recharge-list:{_list.Id}",
                new
                {
                    step,
                    _list.Lines,
                    _list.BadLines,
                }
            )
        );

    private async Task Write(Booking booking)
    {
        await Written();
        _writing = books.Post(booking);
    }

    /// <summary>Waits for what is being written. Where it was not, another process has the list: this one stops.</summary>
    private async Task Written()
    {
        if (_writing is null)
        {
            return;
        }

        var result = await _writing;
        _writing = null;
        if (result is not BookingResult.Answered)
        {
            throw new RechargeListLostException($"List {_list.SerialNumber} was not written: {result}");
        }
    }
}

/// <summary>The list, or the database, was not there for this process's next step; the job is taken up again when its lease has run out.</summary>
internal sealed class RechargeListLostException(string message) : Exception(message);
