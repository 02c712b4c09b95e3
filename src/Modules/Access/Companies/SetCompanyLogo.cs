using System.Security.Cryptography;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Access.Companies;

/// <summary>Sets the logo on the documents of a branch and of those below it (PL-05.5). It leaves the database inside documents only.</summary>
internal static class SetCompanyLogo
{
    internal sealed record Command(string BranchCode) : IChangeCommand<CompanyLogoItem>;

    public sealed record LogoNotTaken()
        : Refusal(
            "logo-not-taken",
            422,
            "A logo is a complete PNG or JPEG image of at most 64 KiB.",
            "标志须为完整的 PNG 或 JPEG 图片，不超过 64 KiB。"
        );

    public sealed record LogoSizeNotTaken(int Least, int Most)
        : Refusal("logo-size-not-taken", 422, "A logo has 16 to 1,200 pixels on each side.", "标志每边须为 16 至 1,200 像素。");

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPut("/company/logo", (string branchCode, Sender send, CancellationToken ct) => send.Change(new Command(branchCode), ct))
                .WithName(nameof(SetCompanyLogo))
                .WithSummary("Set the logo on documents")
                .WithDescription(
                    "The body is a PNG or JPEG image of at most 64 KiB. Each side has 16 to 1,200 pixels. `branchCode` is your own "
                        + "branch or one below it. The logo appears on documents of this branch and of those below it."
                )
                .WithMetadata(new TakesFile(LogoImage.MostBytes))
                .Accepts<byte[]>("application/octet-stream", "image/png", "image/jpeg")
                .RequireRight(AccessRights.Administer)
                .Changes<CompanyLogoItem>()
                .Refuses(typeof(NotFound), typeof(BranchOutOfReach), typeof(LogoNotTaken), typeof(LogoSizeNotTaken))
                .Refuses(typeof(BodyTooLarge), typeof(UnsupportedMediaType));
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.BranchCode).NotNull().BranchCode();
    }

    internal sealed class Handler(AppDb db, BranchScope scope, RequestContext request) : BookingHandler<Command, CompanyLogoItem>
    {
        protected override async Task<Outcome<Booking<CompanyLogoItem>>> Decide(Command command, CancellationToken ct)
        {
            var found = await scope.Find(command.BranchCode, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            var content = await Content(ct);
            if (LogoImage.Of(content) is not { } image)
            {
                return new LogoNotTaken();
            }

            if (!image.HasGoodSize)
            {
                return new LogoSizeNotTaken(LogoImage.LeastPixels, LogoImage.MostPixels);
            }

            var place = found.Value;
            var row = await db.Set<CompanyLogo>().SingleOrDefaultAsync(l => l.BranchId == place.Id, ct);
            var item = new CompanyLogoItem(place.Code, image.MediaType, content.Length, image.Width, image.Height);
            var note = new AuditNote(
                "set-company-logo",
                $"branch:{place.Id}",
                new { image.MediaType, Sha256 = Convert.ToHexStringLower(SHA256.HashData(content)) }
            );
            var booking = new Booking<CompanyLogoItem>(Ids.Next(), request.Actor, note, _ => Answer.Ok(item));
            if (row is null)
            {
                return booking.Insert(
                    new CompanyLogo
                    {
                        BranchId = place.Id,
                        MediaType = image.MediaType,
                        Content = content,
                        Width = image.Width,
                        Height = image.Height,
                    }
                );
            }

            (row.MediaType, row.Content, row.Width, row.Height) = (image.MediaType, content, image.Width, image.Height);
            return booking.Update(row);
        }

        private async Task<byte[]> Content(CancellationToken ct)
        {
            if (request.Upload is not { Length: > 0 and <= LogoImage.MostBytes } upload)
            {
                return [];
            }

            var content = new byte[upload.Length];
            await upload.Open().ReadExactlyAsync(content, ct);
            return content;
        }
    }
}
