namespace Hardware.Simulators.Chip.Commands;

internal static class FileCommands
{
    private const byte ShortFileId = 0x80;

    internal static Answer Select(ChipContext chip, Apdu apdu) =>
        (apdu.P1, apdu.Data.Length) switch
        {
            (0x04, > 0) => SelectApplication(chip, chip.State.Applications.Find(a => a.Aid.AsSpan().StartsWith(apdu.Data))),
            (0x00, 2) => SelectById(chip, apdu.Data),
            (0x00, 0) => SelectMaster(chip),
            (0x00 or 0x04, _) => StatusWord.WrongLength,
            _ => StatusWord.WrongParameters,
        };

    internal static Answer ReadBinary(ChipContext chip, Apdu apdu)
    {
        if (apdu.Data.Length > 0)
        {
            return StatusWord.WrongLength;
        }

        if (Find(chip, apdu, out var offset, out _) is not { } file)
        {
            return StatusWord.NotFound;
        }

        return offset >= file.Length ? StatusWord.OutsideFile : Answer.Of(Wanted(file.AsSpan(offset), apdu.Le));
    }

    internal static Answer UpdateBinary(ChipContext chip, Apdu apdu, byte[]? challenge)
    {
        if (Find(chip, apdu, out var offset, out var write) is not { } file)
        {
            return StatusWord.NotFound;
        }

        if (write is null || apdu.Cla != 0x04 || chip.Session.Application is not { } application)
        {
            return StatusWord.SecurityNotSatisfied;
        }

        if (apdu.Data.Length <= SecureMessaging.MacLength)
        {
            return StatusWord.WrongLength;
        }

        if (!SecurityCommands.IsAuthentic(chip, application.Key(KeyUsage.Maintenance), challenge, apdu))
        {
            return StatusWord.WrongSecureMac;
        }

        var data = apdu.Data[..^SecureMessaging.MacLength];
        if (offset + data.Length > file.Length)
        {
            return StatusWord.OutsideFile;
        }

        var changed = file.ToArray();
        data.CopyTo(changed, offset);
        return Answer.Done(() => write(changed));
    }

    internal static Answer ReadRecord(ChipContext chip, Apdu apdu)
    {
        if (chip.Session.Application is not { } application)
        {
            return StatusWord.NoCurrentFile;
        }

        var isLog = (apdu.P2 & 7) == 4 && (apdu.P2 >> 3 == application.Profile.LogFile || (apdu.P2 >> 3 == 0 && InLog(chip, application)));
        if (!isLog)
        {
            return StatusWord.NotFound;
        }

        if (!chip.Session.PinVerified)
        {
            return StatusWord.SecurityNotSatisfied;
        }

        return apdu.P1 >= 1 && apdu.P1 <= application.Log.Count ? Answer.Of([.. application.Log[apdu.P1 - 1]]) : StatusWord.RecordNotFound;
    }

    /// <summary>The only record file is the log, which the chip alone writes.</summary>
    internal static Answer UpdateRecord(ChipContext chip) =>
        chip.Session.Application is null ? StatusWord.NoCurrentFile : StatusWord.SecurityNotSatisfied;

    private static bool InLog(ChipContext chip, ChipApplication application) => chip.Session.CurrentFile == application.Profile.LogFile;

    private static Answer SelectById(ChipContext chip, byte[] id)
    {
        if (id.AsSpan().SequenceEqual(chip.State.MasterFileId))
        {
            return SelectMaster(chip);
        }

        if (chip.State.Applications.Find(a => a.FileId.AsSpan().SequenceEqual(id)) is { } application)
        {
            return SelectApplication(chip, application);
        }

        var found = id[0] == 0 && id[1] <= 30 && Content(chip, id[1], out _) is not null;
        if (found)
        {
            chip.Session.CurrentFile = id[1];
        }

        return found ? StatusWord.Done : StatusWord.NotFound;
    }

    private static Answer SelectMaster(ChipContext chip)
    {
        chip.Session.Enter(null);
        return Answer.Of([0x6F, 0x09, 0x84, 0x02, .. chip.State.MasterFileId, 0xA5, 0x03, 0x88, 0x01, chip.State.ChipSerialFile]);
    }

    private static Answer SelectApplication(ChipContext chip, ChipApplication? application)
    {
        if (application is null)
        {
            return StatusWord.NotFound;
        }

        chip.Session.Enter(application);
        if (application.Block != ApplicationBlock.None)
        {
            return StatusWord.ApplicationBlocked;
        }

        byte[] proprietary = [0x9F, 0x08, 0x01, 0x02, 0x9F, 0x0C, (byte)application.PublicFile.Length, .. application.PublicFile];
        byte[] template = [0x84, (byte)application.Aid.Length, .. application.Aid, 0xA5, (byte)proprietary.Length, .. proprietary];
        return Answer.Of([0x6F, (byte)template.Length, .. template]);
    }

    private static byte[]? Find(ChipContext chip, Apdu apdu, out int offset, out Action<byte[]>? write)
    {
        var byShortId = (apdu.P1 & ShortFileId) != 0;
        offset = byShortId ? apdu.P2 : (apdu.P1 << 8) | apdu.P2;
        var file = byShortId ? (byte)(apdu.P1 & 0x1F) : chip.Session.CurrentFile;
        write = null;
        var content = file is { } id ? Content(chip, id, out write) : null;
        if (content is not null)
        {
            chip.Session.CurrentFile = file;
        }

        return content;
    }

    private static byte[]? Content(ChipContext chip, byte id, out Action<byte[]>? write)
    {
        write = null;
        if (chip.Session.Application is not { } application)
        {
            return id == chip.State.ChipSerialFile ? chip.State.ChipSerial : null;
        }

        var profile = application.Profile;
        (var content, write) = id switch
        {
            _ when id == profile.PublicFile => (application.PublicFile, value => application.PublicFile = value),
            _ when id == profile.HolderFile => (application.HolderFile, value => application.HolderFile = value),
            _ when id == profile.RestrictionFile => (application.RestrictionFile, value => application.RestrictionFile = value),
            _ when id == profile.LogFile => ([], null),
            _ => ((byte[]?)null, (Action<byte[]>?)null),
        };
        return content;
    }

    private static byte[] Wanted(ReadOnlySpan<byte> content, byte? le) =>
        content[..(le is > 0 and var wanted ? Math.Min(wanted, content.Length) : content.Length)].ToArray();
}
