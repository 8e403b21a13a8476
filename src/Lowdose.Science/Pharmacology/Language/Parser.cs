namespace Lowdose.Science.Pharmacology.Language;

/// <summary>Reads one line by the grammar of docs/methods/model-language.md.</summary>
internal sealed class Parser
{
    /// <summary>How deep formulas may be nested.</summary>
    private const int Deepest = 100;

    /// <summary>The functions and how many arguments each takes.</summary>
    public static readonly IReadOnlyDictionary<string, int> Functions = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["exp"] = 1, ["log"] = 1, ["sqrt"] = 1, ["abs"] = 1, ["min"] = 2, ["max"] = 2, ["pow"] = 2, ["where"] = 3,
    };

    private readonly List<Token> _tokens;
    private int _at, _depth;

    private Parser(Piece line) => _tokens = Lexer.Read(line);

    private Token Now => _tokens[_at];

    /// <summary>Name = formula, or d(Name)/dt = formula; null where the line says nothing.</summary>
    public static Equation? Line(Piece line)
    {
        var parser = new Parser(line);
        return parser.Now.Kind == Token.End ? null : parser.Equation();
    }

    /// <summary>A formula alone.</summary>
    public static Formula Formula(Piece line)
    {
        var parser = new Parser(line);
        if (parser.Now.Kind == Token.End) throw new Place(line.Line, line.Column).Fault("there is no formula", "write one");
        var formula = parser.Sum();
        parser.Ended();
        return formula;
    }

    private Equation Equation()
    {
        var first = Take(Token.Name, "a line begins with a name", "write NAME = formula, or d(NAME)/dt = formula");
        var (target, rate) = (first, false);
        if (first.Text == "d" && Now.Kind == '(')
        {
            const string form = "write d(NAME)/dt = formula";
            Take('(', "a rate", form);
            (target, rate) = (Take(Token.Name, "a rate names its compartment", form), true);
            Take(')', "the parenthesis after d is not closed", form);
            Take('/', "a rate is written d(NAME)/dt", form);
            if (Take(Token.Name, "a rate is written d(NAME)/dt", form) is { Text: not "dt" } other) throw other.At.Fault($"\"{other.Text}\" stands where dt belongs", form);
        }
        Take('=', $"there is no = after {(rate ? "d(" + target.Text + ")/dt" : target.Text)}", "write NAME = formula, or d(NAME)/dt = formula");
        if (Now.Kind == Token.End) throw Now.At.Fault("there is nothing after the =", "write a formula");
        var right = Sum();
        Ended();
        return new(target.At, target.Text, rate, right);
    }

    private Token Take(char kind, string what, string @do)
    {
        var now = Now;
        if (now.Kind != kind) throw now.At.Fault($"{what}, and here is {now.Shown}", @do);
        _at++;
        return now;
    }

    private void Ended()
    {
        if (Now.Kind == Token.End) return;
        throw Now.Kind switch
        {
            ')' => Now.At.Fault("a parenthesis is closed that was never opened", "take it away, or write ( where it belongs"),
            Token.UnitText => Now.At.Fault("a unit stands where none may", "write a unit right after a number, as 2[mg/L]"),
            '<' or '>' or '≤' or '≥' => Now.At.Fault("a comparison stands where none may", "compare inside where(a < b, x, y)"),
            '=' => Now.At.Fault("a second = in one line", "write one assignment a line"),
            _ => Now.At.Fault($"{Now.Shown} follows without a sign", "write + - * / or ^ between, or begin a new line"),
        };
    }

    private Formula Sum()
    {
        if (++_depth > Deepest) throw Now.At.Fault($"the formula is nested more than {Deepest} deep", "divide it into several assignments");
        var left = Product();
        while (Now.Kind is '+' or '-')
        {
            var sign = _tokens[_at++];
            left = new PairFormula(sign.At, sign.Kind, left, Product());
        }
        _depth--;
        return left;
    }

    private Formula Product()
    {
        var left = Signed();
        while (Now.Kind is '*' or '/')
        {
            var sign = _tokens[_at++];
            left = new PairFormula(sign.At, sign.Kind, left, Signed());
        }
        return left;
    }

    private Formula Signed()
    {
        if (Now.Kind is not ('-' or '+')) return Power();
        if (++_depth > Deepest) throw Now.At.Fault($"more than {Deepest} signs in a row", "write one");
        var sign = _tokens[_at++];
        var of = Signed();
        _depth--;
        return sign.Kind == '-' ? new MinusFormula(sign.At, of) : of;
    }

    private Formula Power()
    {
        var below = Atom();
        if (Now.Kind != '^') return below;
        var sign = _tokens[_at++];
        return new PairFormula(sign.At, '^', below, Signed());
    }

    private Formula Atom()
    {
        var token = _tokens[_at++];
        switch (token.Kind)
        {
            case Token.Number:
                return new NumberFormula(token.At, token.Value, Now.Kind == Token.UnitText ? UnitHere() : null);
            case Token.Name when Now.Kind == '(':
                return Call(token);
            case Token.Name:
                return new NameFormula(token.At, token.Text);
            case '(':
                var inside = Sum();
                Close(token);
                return inside;
            case Token.End:
                throw token.At.Fault("the formula ends too early", "write a number, a name or a formula in parentheses after the last sign");
            default:
                throw token.At.Fault($"{token.Shown} stands where a number or a name belongs", "check the signs around it");
        }
    }

    private Unit UnitHere()
    {
        var token = _tokens[_at++];
        return UnitReader.Read(new(token.Text, token.At.Line, token.At.Column));
    }

    private Formula Call(Token name)
    {
        if (!Functions.TryGetValue(name.Text, out var count))
            throw name.At.Fault($"there is no function {name.Text}", Near.Advice(name.Text, Functions.Keys, $"the functions are {string.Join(", ", Functions.Keys)}; a product needs a *"));
        var open = _tokens[_at++];
        if (name.Text == "where") return Where(name, open);
        var arguments = new List<Formula>();
        if (Now.Kind != ')') arguments.Add(Sum());
        while (Now.Kind == ',')
        {
            _at++;
            arguments.Add(Sum());
        }
        Close(open);
        return arguments.Count == count ? new CallFormula(name.At, name.Text, arguments)
            : throw name.At.Fault($"{name.Text} has {arguments.Count} argument{(arguments.Count == 1 ? "" : "s")} and takes {count}", count == 1 ? $"write {name.Text}(x)" : $"write {name.Text}(x, y)");
    }

    private WhereFormula Where(Token name, Token open)
    {
        const string form = "write where(a < b, x, y): x where a is below b, else y";
        var left = Sum();
        var sign = Now;
        if (sign.Kind is not ('<' or '>' or '≤' or '≥')) throw sign.At.Fault($"where needs a comparison, and here is {sign.Shown}", form);
        _at++;
        var right = Sum();
        Take(',', "where has three parts", form);
        var then = Sum();
        Take(',', "where has three parts", form);
        var otherwise = Sum();
        Close(open);
        var swapped = sign.Kind is '>' or '≥';
        return new(name.At, swapped ? right : left, swapped ? left : right, sign.Kind is '≤' or '≥', then, otherwise);
    }

    private void Close(Token open)
    {
        if (Now.Kind == Token.End) throw open.At.Fault("a parenthesis is opened and never closed", "write ) where it ends");
        Take(')', "a parenthesis is not closed", "write ) before it, or a sign between");
    }
}
