using Access.SystemParameters;
using Platform.Cards.Cryptography.Layouts;

namespace Issuance.Issuing;

/// <summary>The chip's character set, GBK, lacks characters of the holder's name, and the parameter does not allow a substitute (FC-01.9).</summary>
/// <param name="Characters">Those that it lacks.</param>
public sealed record NameNotEncodable(IReadOnlyList<string> Characters)
    : Refusal(
        "name-not-encodable",
        422,
        "The chip cannot hold every character of the holder's name.",
        "芯片字符集不支持持卡人姓名中的部分字符。"
    );

/// <summary>
/// How a holder's name is written onto a chip that lacks some of its characters: refused, or with a substitute for each, as the branch's parameter
/// says (FC-01.9). Papers and records keep the true name.
/// </summary>
internal sealed class ChipNames(Parameters parameters, RequestContext request)
{
    /// <summary>The holder as the chip will have him.</summary>
    public async Task<Outcome<Holder>> OnChip(Holder holder, CancellationToken ct)
    {
        if (CardText.Missing(holder.Name) is not { Count: > 0 } missing)
        {
            return holder;
        }

        return await parameters.Number(IssuanceParameters.UnencodableNameSubstitute, request.Caller.BranchId, ct) == 1
            ? holder with
            {
                Name = CardText.Substituted(holder.Name),
            }
            : new NameNotEncodable(missing);
    }
}
