namespace Billing.TopUps.Pins;

/// <summary>A PIN as it is received.</summary>
/// <param name="Serial" example="CM2026010500001">The carrier's serial number, 1 to 40 letters and digits.</param>
/// <param name="Pin" example="123456789012345678">The code, 6 to 32 digits.</param>
/// <param name="FaceValue" example="5000">Fen, 1 to 1,000,000.</param>
/// <param name="ExpiresOn">The last day on which it is sold.</param>
public sealed record ReceivedPin(string Serial, string Pin, long FaceValue, DateOnly ExpiresOn);

/// <summary>A batch of PINs.</summary>
/// <param name="CarrierCode" example="CM">The carrier.</param>
/// <param name="BatchNumber" example="CM-2026-0001">The carrier's number of the batch, 1 to 40 characters.</param>
/// <param name="Pins">The PINs, 1 to 500.</param>
public sealed record ReceivePinsRequest(string CarrierCode, string BatchNumber, IReadOnlyList<ReceivedPin> Pins);

/// <summary>A batch counted: what was received is in stock, expired in stock, or sold.</summary>
/// <param name="PinBatchId" example="150224112025602">Its id.</param>
/// <param name="BatchNumber" example="CM-2026-0001">The carrier's number.</param>
/// <param name="CarrierCode" example="CM">The carrier.</param>
/// <param name="Count" example="500">PINs received.</param>
/// <param name="Amount" example="2500000">Fen of their face values.</param>
/// <param name="InStock" example="480">Not sold, and not expired.</param>
/// <param name="Expired" example="0">Not sold, and expired.</param>
/// <param name="Sold" example="20">Sold.</param>
public sealed record PinBatchResponse(
    string PinBatchId,
    string BatchNumber,
    string CarrierCode,
    int Count,
    long Amount,
    int InStock,
    int Expired,
    int Sold
);

/// <summary>A PIN sold at a till.</summary>
/// <param name="CarrierCode" example="CM">The carrier.</param>
/// <param name="FaceValue" example="5000">Fen, 1 to 1,000,000.</param>
/// <param name="TillNumber" example="T01">The till.</param>
/// <param name="ReceiptNumber" example="1025">The till's receipt number, 1 to 12 digits.</param>
/// <param name="ReceiptDate">The receipt's date, within a day of today.</param>
public sealed record SellPinRequest(string CarrierCode, long FaceValue, string TillNumber, string ReceiptNumber, DateOnly ReceiptDate);

/// <summary>A PIN that was sold. Its code is shown by another call, once.</summary>
/// <param name="SerialNumber" example="00150224112025602073">Of the sale.</param>
/// <param name="PinSerial" example="CM2026010500001">The carrier's serial number.</param>
/// <param name="FaceValue" example="5000">Fen.</param>
/// <param name="ExpiresOn">The last day on which it is sold.</param>
public sealed record PinSold(string SerialNumber, string PinSerial, long FaceValue, DateOnly ExpiresOn);

/// <summary>The code of a PIN that was sold.</summary>
/// <param name="PinSerial" example="CM2026010500001">The carrier's serial number.</param>
/// <param name="Pin" example="123456789012345678">The code.</param>
/// <param name="FaceValue" example="5000">Fen.</param>
public sealed record ShownPin(string PinSerial, string Pin, long FaceValue);

/// <summary>A further showing.</summary>
/// <param name="Reason" example="打印机卡纸">Why the printing failed, 1 to 200 characters.</param>
public sealed record AllowPinAgainRequest(string Reason);

/// <summary>A further showing is allowed.</summary>
/// <param name="PinSerial" example="CM2026010500001">The carrier's serial number.</param>
/// <param name="Left" example="1">How often it may be shown now.</param>
public sealed record PinAllowed(string PinSerial, int Left);

/// <summary>The batch is here already.</summary>
public sealed record PinBatchKnown() : Refusal("pin-batch-known", 409, "The batch was received already.", "该批次已入库。");

/// <summary>A serial number is in stock already, or twice in the batch.</summary>
public sealed record PinSerialKnown()
    : Refusal("pin-serial-known", 409, "A serial number is known already, or twice in the batch.", "卡序列号重复。");

/// <summary>None is in stock.</summary>
public sealed record PinsSoldOut()
    : Refusal("pins-sold-out", 409, "No PIN of this carrier and value is in stock.", "该运营商该面值的充值卡已售完。");

/// <summary>There is no such sale.</summary>
public sealed record PinSaleUnknown() : Refusal("pin-sale-unknown", 404, "There is no such PIN sale.", "无此离线充值记录。");

/// <summary>The code was shown already.</summary>
public sealed record PinShownAlready()
    : Refusal(
        "pin-shown-already",
        409,
        "The PIN was shown already. Showing it again needs an approval.",
        "充值密码已显示，再次打印须经授权。"
    );
