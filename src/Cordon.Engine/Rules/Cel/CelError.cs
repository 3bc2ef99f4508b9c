namespace Cordon.Engine.Rules.Cel;

/// <summary>
/// What an evaluation answers where it has no value. An error is a value: <c>||</c>, <c>&amp;&amp;</c>, <c>all</c> and <c>exists</c>
/// drop it where another operand settles the answer. The frequent ones are made once, so that failing allocates nothing.
/// </summary>
internal sealed class CelError(string message)
{
    public static readonly CelError NoSuchOverload = new("no such overload");
    public static readonly CelError NoSuchKey = new("no such key");
    public static readonly CelError NoSuchField = new("no such field");
    public static readonly CelError DivideByZero = new("divide by zero");
    public static readonly CelError ModulusByZero = new("modulus by zero");
    public static readonly CelError IntOverflow = new("integer overflow");
    public static readonly CelError Range = new("range error");
    public static readonly CelError IndexOutOfRange = new("index out of range");
    public static readonly CelError NoValue = new("optional.none() has no value");
    public static readonly CelError RepeatedKey = new("repeated key");
    public static readonly CelError UnsupportedKey = new("unsupported key type");
    public static readonly CelError BadFormat = new("text is not of that type");

    public string Message { get; } = message;

    public override string ToString() => Message;
}
