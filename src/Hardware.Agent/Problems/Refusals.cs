using Hardware.Agent.Cards;

namespace Hardware.Agent.Problems;

/// <summary>Every refusal of the agent.</summary>
internal static class Refusals
{
    internal const string NothingWritten = "none";
    internal const string Unknown = "unknown";

    internal static Refusal ReaderNotFound(string reader) =>
        new(404, "reader-not-found", $"There is no reader '{reader}'.", $"没有读卡器“{reader}”。") { Outcome = NothingWritten };

    internal static readonly Refusal NoCard = new(409, "no-card", "No reader has a card.", "读卡器上没有卡。", Retryable: true)
    {
        Outcome = NothingWritten,
    };

    internal static readonly Refusal ReaderAmbiguous = new(
        409,
        "reader-ambiguous",
        "More than one reader has a card; name the reader.",
        "有多个读卡器上有卡，请指定读卡器。"
    )
    {
        Outcome = NothingWritten,
    };

    internal static readonly Refusal ReaderBusy = new(
        423,
        "reader-busy",
        "The reader is busy with another operation.",
        "读卡器正忙于其他操作。",
        Retryable: true
    )
    {
        Outcome = NothingWritten,
    };

    internal static readonly Refusal ReaderNotResponding = new(
        503,
        "reader-not-responding",
        "The card does not answer. Take it out and put it in again.",
        "卡片无应答，请取出后重新插入。",
        Retryable: true
    )
    {
        Outcome = NothingWritten,
    };

    internal static readonly Refusal CardRemoved = new(
        409,
        "card-removed",
        "The card was taken out. Put it in again.",
        "卡片已被取出，请重新插入。",
        Retryable: true
    )
    {
        Outcome = NothingWritten,
    };

    internal static readonly Refusal CardReset = new(
        409,
        "card-reset",
        "The card was reset by another program. Try again.",
        "卡片被其他程序复位，请重试。",
        Retryable: true
    )
    {
        Outcome = NothingWritten,
    };

    internal static readonly Refusal CardNoAnswer = new(
        409,
        "card-no-answer",
        "The card did not answer. Take it out and put it in again.",
        "卡片无应答，请取出后重新插入。",
        Retryable: true
    )
    {
        Outcome = NothingWritten,
    };

    internal static readonly Refusal CardUnsupported = new(
        409,
        "card-unsupported",
        "The reader cannot talk to this card.",
        "读卡器不支持该卡片。"
    )
    {
        Outcome = NothingWritten,
    };

    internal static readonly Refusal ReaderUnplugged = new(
        503,
        "reader-unplugged",
        "The card reader was unplugged.",
        "读卡器已被拔出。",
        Retryable: true
    )
    {
        Outcome = NothingWritten,
    };

    internal static readonly Refusal ReaderFailed = new(
        503,
        "reader-failed",
        "The card reader failed; the trace id finds the reason in the log.",
        "读卡器故障，可凭 traceId 在日志中查找原因。",
        Retryable: true
    )
    {
        Outcome = NothingWritten,
    };

    internal static readonly Refusal ServiceMissing = new(
        503,
        "reader-service-missing",
        "The PC/SC service does not run. Start pcscd (Linux) or the Smart Card service (Windows).",
        "智能卡服务未运行，请启动 pcscd（Linux）或 Smart Card 服务（Windows）。",
        Retryable: true
    )
    {
        Outcome = NothingWritten,
    };

    internal static readonly Refusal AccessDenied = new(
        503,
        "reader-access-denied",
        "The PC/SC service does not let the agent's account use card readers. See docs/hardware.md.",
        "智能卡服务不允许读卡服务账户使用读卡器，参见 docs/hardware.md。"
    )
    {
        Outcome = NothingWritten,
    };

    internal static readonly Refusal TicketMalformed = new(
        400,
        "ticket-malformed",
        "The API did not issue this ticket.",
        "操作凭证格式不正确。"
    )
    {
        Outcome = NothingWritten,
    };

    internal static readonly Refusal TicketRefused = new(
        401,
        "ticket-refused",
        "The API does not accept the ticket; it may have expired.",
        "系统不接受该操作凭证，可能已过期。"
    );

    internal static readonly Refusal OperationRunning = new(
        409,
        "operation-running",
        "The operation is already running.",
        "该操作正在进行中。",
        Retryable: true
    );

    internal static readonly Refusal OperationEnded = new(
        410,
        "operation-ended",
        "The operation has ended. Get its result from the API, then start a new one.",
        "该操作已结束，请查询结果后重新发起。"
    );

    internal static readonly Refusal OperationNotFound = new(
        404,
        "operation-not-found",
        "The agent has no such operation.",
        "没有该操作的记录。"
    );

    internal static readonly Refusal RoundConflict = new(
        409,
        "round-conflict",
        "The API and the agent have different records of this operation.",
        "系统记录与读卡端不一致。"
    );

    internal static readonly Refusal ApiUnreachable = new(
        503,
        "api-unreachable",
        "The API does not answer. The agent reports the operation as soon as the API answers.",
        "系统无应答；未送达的结果将在恢复后自动补报。",
        Retryable: true
    );

    internal static readonly Refusal ApiRefused = new(502, "api-refused", "The API refused the operation.", "系统拒绝了该操作。");

    internal static readonly Refusal ApiAnswerInvalid = new(
        502,
        "api-answer-invalid",
        "The API's response violates the protocol. No command of it was sent to the card.",
        "系统返回的数据不符合协议，未发送到卡片。"
    );

    internal static readonly Refusal Stopping = new(503, "agent-stopping", "The agent is stopping.", "读卡服务正在停止。", Retryable: true)
    {
        Outcome = NothingWritten,
    };

    internal static readonly Refusal HostNotAllowed = new(
        403,
        "host-not-allowed",
        "The agent accepts only loopback host names.",
        "只允许通过本机地址访问。"
    );

    internal static readonly Refusal OriginNotAllowed = new(
        403,
        "origin-not-allowed",
        "This page may not use the card reader. Add its origin to Agent:AllowedOrigins.",
        "该页面无权使用读卡器，请将其来源加入 Agent:AllowedOrigins。"
    );

    internal static readonly Refusal OriginMissing = new(
        403,
        "origin-missing",
        "The request needs an Origin header with one of Agent:AllowedOrigins.",
        "请求必须带有 Agent:AllowedOrigins 中的来源（Origin）。"
    );

    internal static readonly Refusal SessionRequired = new(
        401,
        "session-required",
        "There is no session, or the session has ended. Open one with POST /v1/sessions.",
        "会话不存在或已结束，请先调用 POST /v1/sessions。",
        Retryable: true
    );

    internal static readonly Refusal BodyTooLarge = new(413, "body-too-large", "The body is larger than 16 KB.", "请求内容超过 16 KB。");

    internal static readonly Refusal TooManyStreams = new(
        429,
        "too-many-streams",
        "Too many event streams are open.",
        "事件流连接过多。",
        Retryable: true
    );

    internal static readonly Refusal JournalNotWritable = new(
        503,
        "journal-not-writable",
        "The journal is not writable, so no operation may change a card. Check the disk of the data folder.",
        "无法写入操作日志，不能执行写卡操作，请检查数据目录所在磁盘。",
        Retryable: true
    );

    internal static readonly Refusal NoReader = new(503, "no-reader", "There is no card reader.", "没有可用的读卡器。", Retryable: true)
    {
        Outcome = NothingWritten,
    };

    internal static readonly Refusal Internal = new(
        500,
        "internal-error",
        "The agent failed; the trace id finds the reason in its log.",
        "读卡服务内部错误。"
    );

    internal static Refusal BadRequest(int status) =>
        status switch
        {
            413 => BodyTooLarge,
            415 => new(415, "media-type-not-supported", "Send application/json.", "请使用 application/json 格式。"),
            _ => new(400, "request-malformed", "The request cannot be read.", "请求格式不正确。"),
        };

    internal static Refusal OfStatus(int status) =>
        status switch
        {
            404 => new(404, "not-found", "No resource exists at this address.", "地址不存在。"),
            405 => new(405, "method-not-allowed", "This address does not support this method.", "该地址不支持此方法。"),
            _ => BadRequest(status) with { Status = status },
        };

    /// <summary>What a card fault means for a request that wrote nothing.</summary>
    internal static Refusal Of(CardException fault) =>
        fault.Fault switch
        {
            CardFault.Busy => ReaderBusy,
            CardFault.NoCard => NoCard,
            CardFault.NotResponding => ReaderNotResponding,
            CardFault.CardRemoved => CardRemoved,
            CardFault.CardReset => CardReset,
            CardFault.NoAnswer => CardNoAnswer,
            CardFault.Unsupported => CardUnsupported,
            CardFault.ReaderGone => ReaderUnplugged,
            CardFault.NoReader => NoReader,
            CardFault.ServiceMissing => ServiceMissing,
            CardFault.AccessDenied => AccessDenied,
            _ => ReaderFailed,
        };

    /// <summary>Of the simulator.</summary>
    internal static readonly Refusal TooManyCards = new(
        409,
        "too-many-cards",
        "The folder is full; delete cards from it.",
        "虚拟卡数量已达上限。"
    );
}
